using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Episodes that do not end, that give no finite return, that fail or are stopped.</summary>
public sealed class EvaluationTests
{
    private const int EpisodeLength = 4;

    [Fact]
    public void Play_EpisodesThatDoNotEnd_AreCutAndCounted()
    {
        Counted environment = new((episode, _) => 1, ends: episode => episode % 2 == 0); // the first and the third do not
        EpisodeSample sample = new EpisodePlayer(environment, seed: 1, _ => 0) { MaxSteps = 10 }.Play(episodes: 4);

        Assert.Equal(2, sample.CutEpisodes);
        Assert.Equal((EpisodeLength + 10) / 2.0, sample.MeanReturn);
        Assert.Equal((EpisodeLength + 10) / 2.0, sample.MeanLength);
    }

    [Fact]
    public void Play_EpisodeThatEndsAtTheLimit_IsNotCut()
    {
        EpisodeSample sample = new EpisodePlayer(new Counted((_, _) => 1), seed: 1, _ => 0) { MaxSteps = EpisodeLength }.Play(episodes: 3);

        Assert.Equal(0, sample.CutEpisodes);
    }

    [Fact]
    public void Play_RewardsThatAreNotFinite_AreLeftOutOfTheReturns()
    {
        float[] firstRewards = [1, float.NaN, float.PositiveInfinity, 3, float.NegativeInfinity];
        Counted environment = new((episode, step) => step == 1 ? firstRewards[episode - 1] : 0);

        EpisodeSample sample = new EpisodePlayer(environment, seed: 1, _ => 0).Play(episodes: 5);

        Assert.Equal(3, sample.SkippedEpisodes);
        Assert.Equal((2, 1, 1, 3), (sample.MeanReturn, sample.StandardError, sample.MinReturn, sample.MaxReturn));
        Assert.Equal(EpisodeLength, sample.MeanLength);
    }

    [Fact]
    public void Play_NoFiniteReturn_Says()
    {
        EpisodePlayer player = new(new Counted((_, _) => float.NaN), seed: 1, _ => 0);

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => player.Play(episodes: 2));
        Assert.StartsWith("tests/counted: none of 2 episodes has a finite return", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Play_Stopped_EndsWithinTheEpisodeAndTellsHowFarItCame()
    {
        using CancellationTokenSource stop = new();
        int acted = 0;
        EpisodePlayer player = new(new Counted((_, _) => 1), seed: 1, _ =>
        {
            if (++acted == EpisodeLength + 2)
            {
                stop.Cancel();
            }

            return 0;
        });

        OperationCanceledException exception = Assert.Throws<OperationCanceledException>(() => player.Play(episodes: 5, stop.Token));

        Assert.Equal(EpisodeLength + 2, acted);
        Assert.Equal("tests/counted: stopped after 1 of 5 episodes", exception.Message);
    }

    [Fact]
    public void RandomBaseline_HoweverItEnds_DisposesItsEnvironment()
    {
        List<Counted> made = [];
        EnvironmentRegistry.Default.Register("tests/counted-baseline", () => Made(made, new Counted((_, _) => 1)));
        EnvironmentRegistry.Default.Register("tests/counted-baseline-fails", () => Made(made, new Counted((_, step) => step < 3 ? 1 : throw new InvalidOperationException("broken"))));

        _ = RandomBaseline.Play("tests/counted-baseline", episodes: 2, seed: 1);
        Assert.Throws<OperationCanceledException>(() => RandomBaseline.Play("tests/counted-baseline", episodes: 2, seed: 1, stop: new CancellationToken(canceled: true)));
        Assert.Throws<InvalidOperationException>(() => RandomBaseline.Play("tests/counted-baseline-fails", episodes: 2, seed: 1));

        Assert.Equal([1, 1, 1], made.Select(environment => environment.Disposals));
    }

    [Fact]
    public void Evaluation_OfARun_CountsAndDisposesWhatItPlayed()
    {
        using TemporaryFolder folder = new();
        List<Counted> made = [];
        bool isTraining = true; // the environment misbehaves only once it is evaluated
        EnvironmentRegistry.Default.Register("tests/counted-run", () => Made(made, new Counted(
            (episode, _) => isTraining || episode > 1 ? 1 : float.NaN, ends: episode => isTraining || episode != 2)));
        RunOptions options = new() { Environment = "tests/counted-run", Agents = 1, Simulators = 2, Frames = 100, Seed = 1, Run = folder["run"] };
        _ = TrainingRun.Start(options, [], CancellationToken.None);
        (isTraining, int before) = (false, made.Count);

        Evaluation evaluation = Evaluation.Play(folder["run"], episodes: 4, agent: null, greedy: false, seed: 1, maxSteps: 10);
        Assert.Throws<OperationCanceledException>(() =>
            Evaluation.Play(folder["run"], episodes: 4, agent: null, greedy: false, seed: 1, stop: new CancellationToken(canceled: true)));

        Assert.Equal((4, 1, 1), (evaluation.Episodes, evaluation.CutEpisodes, evaluation.SkippedEpisodes));
        Assert.Equal((10 + EpisodeLength + EpisodeLength) / 3.0, evaluation.MeanReturn, 1e-12);
        Assert.Equal([1, 1], made.Skip(before).Where(environment => environment.Episodes > 0).Select(environment => environment.Disposals));
    }

    [Fact]
    public void Act_ObservationThatIsNotFinite_IsForgotten()
    {
        using TemporaryFolder folder = new();
        RunOptions options = new() { Environment = "classic/cartpole", Network = "mlp-lstm", Agents = 1, Simulators = 4, Frames = 400, Seed = 5, Run = folder["run"] };
        _ = TrainingRun.Start(options, [], CancellationToken.None);
        using TrainedPolicy policy = TrainedPolicy.Load(folder["run"], agent: null);
        StreamRandomSource random = new(1, 1);
        policy.Act([0.1f, -0.2f, 0.05f, 0.3f], greedy: true, random);
        float fresh = policy.Value;

        policy.Act([0.1f, float.NaN, 0.05f, 0.3f], greedy: true, random);
        policy.Act([0.1f, -0.2f, 0.05f, 0.3f], greedy: true, random);

        Assert.Equal(fresh, policy.Value);
    }

    private static Counted Made(List<Counted> made, Counted environment)
    {
        made.Add(environment);
        return environment;
    }

    /// <summary>Counts its episodes and how often it was disposed.</summary>
    /// <param name="reward">From the number of the episode and of its step, both from 1.</param>
    /// <param name="ends">Whether the episode of that number ends, which it does after four steps.</param>
    private sealed class Counted(Func<int, int, float> reward, Func<int, bool>? ends = null) : IEnvironment, IDisposable
    {
        private int _step;

        public EnvironmentSpec Spec { get; } = new() { Id = "tests/counted", Observation = TensorShape.Vector(2), Actions = 2 };

        public int Episodes { get; private set; }

        public int Disposals { get; private set; }

        public void Reset(ulong seed, Span<float> observation) => Reset(observation);

        public void Reset(Span<float> observation)
        {
            (Episodes, _step) = (Episodes + 1, 0);
            observation.Clear();
        }

        public StepResult Step(int action, Span<float> observation)
        {
            _step++;
            return new StepResult(reward(Episodes, _step), Terminated: _step == EpisodeLength && (ends?.Invoke(Episodes) ?? true), Truncated: false);
        }

        public void Dispose() => Disposals++;
    }
}
