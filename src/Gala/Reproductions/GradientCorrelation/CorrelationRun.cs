using Gala.Architectures;
using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>Trains agents in rounds and compares their gradients before each update.</summary>
internal static class CorrelationRun
{
    private const int Points = 50;

    /// <param name="method">What the agents agree on, and how.</param>
    /// <param name="options">Complete.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    public static CorrelationTrace Train(CorrelationMethod method, RunOptions options, CancellationToken stop)
    {
        ActorLearner[] learners = Blocks.ActorLearners(options);
        ParameterVector[] gradients = [.. learners.Select(learner => learner.Network.Gradients)];
        using DelayedMixing mixing = new(new RingTopology(learners.Length), method.Delay ?? 0, learners[0].Network.Parameters.Span);
        CosineMatrix cosines = new(learners.Length);
        long framesOfARound = (long)learners.Length * learners[0].StepsPerUpdate;
        int rounds = (int)(options.Frames / framesOfARound);
        int roundsOfAPoint = Math.Max(1, rounds / Points);
        List<(double Frames, double Cosine)> curve = [];
        double sum = 0;
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                stop.ThrowIfCancellationRequested();
                LossStatistics[] losses = [.. learners.Select(Gradient)];
                sum += cosines.Add(gradients);
                Update(method, learners, losses, mixing, round);
                if ((round + 1) % roundsOfAPoint == 0)
                {
                    curve.Add(((round + 1) * framesOfARound, sum / roundsOfAPoint));
                    sum = 0;
                }
            }

            return new CorrelationTrace(curve, cosines.Means());
        }
        finally
        {
            Array.ForEach(learners, learner => learner.Dispose());
        }
    }

    private static LossStatistics Gradient(ActorLearner learner)
    {
        learner.Collect();
        return learner.ComputeGradients();
    }

    private static void Update(CorrelationMethod method, ActorLearner[] learners, LossStatistics[] losses, DelayedMixing mixing, int round)
    {
        if (method.Delay is null)
        {
            Average(learners);
        }

        for (int rank = 0; rank < learners.Length; rank++)
        {
            learners[rank].Step(losses[rank]);
            mixing.Send(rank, round, learners[rank].Network.Parameters.Span);
        }

        for (int rank = 0; rank < learners.Length; rank++)
        {
            if (method.Delay is not null)
            {
                mixing.Mix(rank, round, learners[rank].Network.Parameters.Span);
            }

            learners[rank].Network.ParametersChanged();
        }
    }

    /// <summary>All agents get the mean of their gradients, and so make the same step.</summary>
    private static void Average(ActorLearner[] learners)
    {
        Span<float> mean = learners[0].Network.Gradients.Span;
        for (int rank = 1; rank < learners.Length; rank++)
        {
            Kernels.Add(mean, learners[rank].Network.Gradients.Span);
        }

        Kernels.Scale(mean, 1f / learners.Length);
        for (int rank = 1; rank < learners.Length; rank++)
        {
            mean.CopyTo(learners[rank].Network.Gradients.Span);
        }
    }
}
