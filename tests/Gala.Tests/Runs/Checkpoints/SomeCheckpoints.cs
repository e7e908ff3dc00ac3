using Gala.Networks;
using Gala.Runs.Checkpoints;

namespace Gala.Tests.Runs.Checkpoints;

internal static class SomeCheckpoints
{
    private static readonly ParameterLayout Layout = new([("torso.0.weight", [3, 4]), ("torso.0.bias", [4]), ("value.weight", [4, 1])]);

    public static Checkpoint At(long frames, int agents = 2) => new()
    {
        Frames = frames,
        Updates = frames / 10,
        WallSeconds = frames / 7.0,
        Episodes = frames / 100,
        EarlierEpisodes = frames / 300,
        BestMeanReturn100 = frames > 100 ? 0.1 * frames : null,
        Agents = [.. Enumerable.Range(0, agents).Select(rank => Agent(rank + (int)frames))],
    };

    public static void AssertEqual(Checkpoint expected, Checkpoint actual)
    {
        Assert.Equal(expected with { Agents = [] }, actual with { Agents = expected.Agents.Count == 0 ? actual.Agents : [] }, Scalars);
        Assert.Equal(expected.Agents.Count, actual.Agents.Count);
        foreach ((AgentCheckpoint one, AgentCheckpoint other) in expected.Agents.Zip(actual.Agents))
        {
            Assert.Equal((one.OptimizerSteps, one.Updates, one.RefusedUpdates), (other.OptimizerSteps, other.Updates, other.RefusedUpdates));
            Assert.Equal(one.HasFailed, other.HasFailed);
            Assert.Equal(one.State, other.State);
            Assert.Equal(Bits(one.Parameters), Bits(other.Parameters));
            Assert.Equal(one.OptimizerState.Select(vector => vector.Name), other.OptimizerState.Select(vector => vector.Name));
            Assert.Equal(one.OptimizerState.SelectMany(vector => Bits(vector.Values)), other.OptimizerState.SelectMany(vector => Bits(vector.Values)));
            Assert.Equal(one.Layout.Tensors.Select(Text), other.Layout.Tensors.Select(Text));
        }
    }

    private static bool Scalars(Checkpoint one, Checkpoint other) =>
        (one.Frames, one.Updates, one.WallSeconds, one.Episodes, one.EarlierEpisodes, one.BestMeanReturn100)
        == (other.Frames, other.Updates, other.WallSeconds, other.Episodes, other.EarlierEpisodes, other.BestMeanReturn100);

    private static string Text(ParameterTensor tensor) => $"{tensor.Name} [{string.Join(',', tensor.Shape)}] at {tensor.Offset}";

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);

    private static AgentCheckpoint Agent(int seed)
    {
        float[] Draw(Random random) => [.. Enumerable.Range(0, Layout.Length).Select(_ => random.NextSingle() - 0.5f)];
        Random random = new(seed);
        float[] parameters = Draw(random);
        (parameters[0], parameters[1]) = (float.NaN, -0f); // bits, not numbers, must survive
        byte[] state = new byte[37];
        random.NextBytes(state);
        return new AgentCheckpoint
        {
            Layout = Layout,
            Parameters = parameters,
            OptimizerState = [new NamedVector("adam.m", Draw(random)), new NamedVector("adam.v", Draw(random))],
            OptimizerSteps = seed,
            Updates = seed + 1,
            RefusedUpdates = seed / 2,
            HasFailed = seed % 2 == 1,
            State = state,
        };
    }
}
