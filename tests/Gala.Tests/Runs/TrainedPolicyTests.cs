using Gala.Environments;
using Gala.Runs;

namespace Gala.Tests.Runs;

public sealed class TrainedPolicyTests
{
    [Fact]
    public void Act_NetworkWithMemory_RemembersUntilTheEpisodeBeginsAnew()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new()
        {
            Environment = "classic/cartpole",
            Network = "mlp-lstm",
            Agents = 1,
            Simulators = 4,
            Frames = 400,
            Seed = 5,
            Run = folder["run"],
        };
        _ = TrainingRun.Start(options, [], CancellationToken.None);
        using TrainedPolicy policy = TrainedPolicy.Load(folder["run"], agent: null);

        float first = ValueOf(policy);
        float second = ValueOf(policy);
        policy.BeginEpisode();

        Assert.NotEqual(first, second);
        Assert.Equal(first, ValueOf(policy));
    }

    [Fact]
    public void Play_SomeEpisodes_BeginsEachBeforeItsFirstAction()
    {
        List<string> heard = [];
        EpisodePlayer player = new(EnvironmentRegistry.Default.Create("classic/cartpole:limit=2"), seed: 1, _ => Hear("act"), () => Hear("begin"));

        player.Play(episodes: 2);

        Assert.Equal(["begin", "act", "act", "begin", "act", "act"], heard);

        int Hear(string what)
        {
            heard.Add(what);
            return 0;
        }
    }

    private static float ValueOf(TrainedPolicy policy)
    {
        policy.Act([0.1f, -0.2f, 0.05f, 0.3f], greedy: true, new StreamRandomSource(1, 1));
        return policy.Value;
    }
}
