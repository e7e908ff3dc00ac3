using Gala.Architectures;
using Gala.Gossip;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>Trains the agents of one setting in rounds and measures how far they are apart.</summary>
internal static class BallRun
{
    private const int RoundsBetweenPoints = 5;
    private const double RoundingOfAMix = 4.0 / (1 << 24); // of a coordinate: some halves of a unit in the last place

    /// <param name="setting">Who gossips, and how late.</param>
    /// <param name="options">Complete; the learning rate is the one to train with.</param>
    /// <param name="rounds">Updates of each agent.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static BallTrace Train(BallCase setting, RunOptions options, int rounds, CancellationToken stop)
    {
        Topology topology = Topologies.Create(setting.Topology, setting.Agents);
        double[] response = [.. DelayedContraction.ResponseNorms(topology, setting.Delay)];
        ActorLearner[] learners = Blocks.ActorLearners(options);
        using DelayedMixing mixing = new(topology, setting.Delay, learners[0].Network.Parameters.Span);
        ConsensusMonitor monitor = new(topology);
        double[] updates = new double[rounds]; // ‖Δ‖ of all agents, by round
        List<BallPoint> points = [];
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                stop.ThrowIfCancellationRequested();
                updates[round] = Round(learners, mixing, monitor, round);
                if ((round + 1) % RoundsBetweenPoints == 0)
                {
                    ConsensusMeasurement measurement = monitor.Measure(rank => learners[rank].Network.Parameters.Span);
                    long frames = (round + 1L) * setting.Agents * learners[0].StepsPerUpdate;
                    points.Add(Point(measurement, frames, Tracking(response, updates, round), 1 + response.Sum()));
                }
            }
        }
        finally
        {
            Array.ForEach(learners, learner => learner.Dispose());
        }

        double largest = monitor.LargestUpdateNorm;
        return new BallTrace(setting, points, largest, response.Sum() * Math.Sqrt(setting.Agents) * largest);
    }

    /// <summary>A local update of every agent and a mix; returns the norm of all updates.</summary>
    private static double Round(ActorLearner[] learners, DelayedMixing mixing, ConsensusMonitor monitor, int round)
    {
        double squares = 0;
        for (int rank = 0; rank < learners.Length; rank++)
        {
            learners[rank].Collect();
            double norm = learners[rank].Learn().UpdateNorm;
            monitor.RecordUpdate(rank, norm);
            squares += norm * norm;
            mixing.Send(rank, round, learners[rank].Network.Parameters.Span);
        }

        for (int rank = 0; rank < learners.Length; rank++)
        {
            mixing.Mix(rank, round, learners[rank].Network.Parameters.Span);
            learners[rank].Network.ParametersChanged();
        }

        return Math.Sqrt(squares);
    }

    private static double Tracking(double[] response, double[] updates, int round)
    {
        double sum = 0;
        for (int age = 0; age <= round && age < response.Length; age++)
        {
            sum += response[age] * updates[round - age];
        }

        return sum;
    }

    private static BallPoint Point(ConsensusMeasurement measurement, long frames, double tracking, double roundings)
    {
        double distance = Math.Sqrt(measurement.Distances.Sum(one => one * one));
        double mean = measurement.RelativeDistance > 0 ? measurement.MaxDistance / measurement.RelativeDistance : 0;
        double rounding = RoundingOfAMix * mean * Math.Sqrt(measurement.Distances.Count) * roundings; // a mix's own, and what is left of those before
        return new BallPoint(frames, distance, tracking, rounding);
    }
}
