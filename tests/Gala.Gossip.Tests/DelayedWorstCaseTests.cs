using System.Numerics;

namespace Gala.Gossip.Tests;

/// <summary>The bound under delay beside what updates that do their worst really reach, in a plain simulation of late messages.</summary>
public sealed class DelayedWorstCaseTests
{
    private const int Rounds = 1_500;

    [Theory]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    [InlineData(8, 0)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    public void BoundFactor_OfTheRing_HoldsAndIsAtMostATenthAboveTheWorstFound(int agents, int delay)
    {
        double bound = DelayedContraction.BoundFactor(new RingTopology(agents), delay) * Math.Sqrt(agents);
        double worst = Enumerable.Range(1, agents / 2).Max(mode => WorstDeviation(agents, delay, mode));
        Assert.InRange(worst, bound / 1.1, bound * (1 + 1e-9));
        if (delay == 0)
        {
            Assert.Equal(new RingTopology(agents).BoundFactor * Math.Sqrt(agents), bound, 1e-6);
        }
    }

    /// <summary>‖X − X̄‖ after updates of norm 1, each agent's turned by a Fourier mode against its neighbour's and each round's so that all add up in the end.</summary>
    private static double WorstDeviation(int agents, int delay, int mode)
    {
        Complex[] impulse = new Complex[Rounds];
        impulse[0] = 1;
        // What agent 0 has of an update of j rounds ago; the others have it turned as the mode is.
        Complex[] response = [.. Simulate(agents, delay, mode, impulse).Select(round => round[0])];
        Complex[] turns = [.. response.Reverse().Select(value => value == 0 ? 1 : Complex.Conjugate(value) / value.Magnitude)];
        Complex[] last = Simulate(agents, delay, mode, turns)[^1];
        Complex mean = last.Aggregate(Complex.Zero, (sum, x) => sum + x) / agents;
        return Math.Sqrt(last.Sum(x => Math.Pow((x - mean).Magnitude, 2)));
    }

    /// <summary>x of every agent after every round of a directed ring, in the plane; messages of round k arrive in round k + delay.</summary>
    private static List<Complex[]> Simulate(int agents, int delay, int mode, Complex[] turns)
    {
        List<Complex[]> sent = [];
        List<Complex[]> history = [];
        Complex[] x = new Complex[agents];
        for (int round = 0; round < turns.Length; round++)
        {
            sent.Add([.. x.Select((value, i) => value + (turns[round] * Complex.FromPolarCoordinates(1, 2 * Math.PI * mode * i / agents)))]);
            Complex[]? late = round >= delay ? sent[round - delay] : null;
            x = [.. sent[round].Select((own, i) => (own + (late?[(i + agents - 1) % agents] ?? 0)) / 2)];
            history.Add(x);
        }

        return history;
    }
}
