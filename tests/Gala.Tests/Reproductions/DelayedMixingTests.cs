using Gala.Gossip;
using Gala.Reproductions;

namespace Gala.Tests.Reproductions;

public sealed class DelayedMixingTests
{
    [Theory]
    [InlineData("ring", 4, 0)]
    [InlineData("ring", 3, 2)]
    [InlineData("exponential", 5, 1)]
    [InlineData("complete", 3, 4)]
    public void Mix_AgainstTheRecursionWrittenOut_Agrees(string name, int agents, int delay)
    {
        const float Start = 0.5f;
        Random random = new(agents + delay);
        Topology topology = Topologies.Create(name, agents);
        using DelayedMixing mixing = new(topology, delay, [Start]);
        float[][] parameters = [.. Enumerable.Range(0, agents).Select(_ => new[] { Start })];
        List<double[]> sent = [];
        double[] expected = [.. Enumerable.Repeat((double)Start, agents)];
        for (int round = 0; round < 20; round++)
        {
            double[] updates = [.. Enumerable.Range(0, agents).Select(_ => (double)random.NextSingle())];
            sent.Add([.. expected.Zip(updates, (x, update) => x + update)]);
            for (int rank = 0; rank < agents; rank++)
            {
                parameters[rank][0] += (float)updates[rank];
                mixing.Send(rank, round, parameters[rank]);
            }

            double[] late = round >= delay ? sent[round - delay] : [.. Enumerable.Repeat((double)Start, agents)];
            double[,] matrix = topology.MixingMatrix(round);
            for (int rank = 0; rank < agents; rank++)
            {
                mixing.Mix(rank, round, parameters[rank]);
                expected[rank] = Enumerable.Range(0, agents).Sum(other => matrix[rank, other] * (other == rank ? sent[round][rank] : late[other]));
                Assert.Equal(expected[rank], parameters[rank][0], 1e-4);
            }
        }
    }
}
