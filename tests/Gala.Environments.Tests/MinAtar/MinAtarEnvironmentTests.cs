using Gala.Environments.MinAtar;
using Gala.Numerics;

namespace Gala.Environments.Tests.MinAtar;

public class MinAtarEnvironmentTests
{
    public static TheoryData<MinAtarGame> Games => [.. Enum.GetValues<MinAtarGame>()];

    [Theory]
    [InlineData(MinAtarGame.Asterix, 4, "no-op left up right down")]
    [InlineData(MinAtarGame.Breakout, 4, "no-op left right")]
    [InlineData(MinAtarGame.Freeway, 7, "no-op up down")]
    [InlineData(MinAtarGame.Seaquest, 10, "no-op left up right down fire")]
    [InlineData(MinAtarGame.SpaceInvaders, 6, "no-op left right fire")]
    public void Spec_MinimalActions_NamesThem(MinAtarGame game, int channels, string actions)
    {
        EnvironmentSpec spec = Create(game, minimal: true).Spec;
        Assert.Equal(new TensorShape(10, 10, channels), spec.Observation);
        Assert.Equal(actions.Split(' '), spec.ActionNames);
        Assert.Equal(spec.ActionNames.Count, spec.Actions);
        Assert.Equal(channels, spec.ChannelNames.Count);
        Assert.Equal(6, Create(game).Spec.Actions);
    }

    [Fact]
    public void Step_MinimalAction_IsTheGamesOwn()
    {
        MinAtarEnvironment environment = Create(MinAtarGame.Breakout, minimal: true, sticky: 0);
        float[] observation = new float[400];
        environment.Reset(1, observation);
        environment.Step(2, observation); // right
        Assert.Equal(1, observation[95 * 4]);
    }

    [Theory, MemberData(nameof(Games))]
    public void Step_RandomPlay_KeepsToZerosOnesAndTheRewardRange(MinAtarGame game)
    {
        MinAtarEnvironment environment = Create(game);
        (float low, float high) = environment.Spec.RewardRange!.Value;
        Random actions = new(5);
        float[] observation = new float[environment.Spec.Observation.Length];
        environment.Reset(3, observation);
        for (int i = 0; i < 20_000; i++)
        {
            Array.Fill(observation, 7); // what the caller's memory held before must not show
            StepResult result = environment.Step(actions.Next(6), observation);
            Assert.InRange(result.Reward, low, high);
            Assert.False(result.Truncated);
            if (observation.AsSpan().ContainsAnyExcept(0f, 1f))
            {
                Assert.Fail($"An observation is neither 0 nor 1 in step {i}.");
            }

            if (result.IsOver)
            {
                environment.Reset(observation);
            }
        }
    }

    [Theory, MemberData(nameof(Games))]
    public void Reset_EqualSeedsAfterDifferentPasts_GiveEqualEpisodes(MinAtarGame game)
    {
        MinAtarEnvironment first = Create(game);
        MinAtarEnvironment second = Create(game);
        Play(second, seed: 99, steps: 137);
        Assert.Equal(Play(first, seed: 4, steps: 400), Play(second, seed: 4, steps: 400));
        Assert.NotEqual(Play(first, seed: 4, steps: 400), Play(second, seed: 5, steps: 400));
    }

    [Fact]
    public void Reset_WithSeed_ForgetsTheActionPlayedBefore()
    {
        float[] expected = new float[400];
        float[] actual = new float[400];
        for (ulong seed = 0; seed < 20; seed++) // half of the first steps stick
        {
            MinAtarEnvironment used = Create(MinAtarGame.Breakout, sticky: 0.5);
            used.Reset(1, actual);
            used.Step(3, actual);
            used.Step(3, actual);
            used.Reset(seed, actual);
            used.Step(1, actual);
            MinAtarEnvironment fresh = Create(MinAtarGame.Breakout, sticky: 0.5);
            fresh.Reset(seed, expected);
            fresh.Step(1, expected);
            Assert.Equal(expected, actual);
        }
    }

    [Theory, MemberData(nameof(Games))]
    public void State_SavedInTheMiddle_GoesOnTheSame(MinAtarGame game)
    {
        MinAtarEnvironment environment = Create(game);
        Play(environment, seed: 11, steps: 777);
        byte[] state = SavedState.Of(environment);
        double[] expected = Play(environment, seed: null, steps: 3000);
        SavedState.Load(environment, state); // back in the same one
        Assert.Equal(state, SavedState.Of(environment));
        Assert.Equal(expected, Play(environment, seed: null, steps: 3000));
        MinAtarEnvironment other = Create(game);
        SavedState.Load(other, state); // and in a new one
        Assert.Equal(expected, Play(other, seed: null, steps: 3000));
    }

    [Theory, MemberData(nameof(Games))]
    public void LoadState_DamagedData_ThrowsOneKindOfErrorOnly(MinAtarGame game)
    {
        MinAtarEnvironment environment = Create(game);
        Play(environment, seed: 11, steps: 300);
        byte[] state = SavedState.Of(environment);
        Random random = new(1);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = state[..(i % 2 == 0 ? state.Length : random.Next(state.Length))];
            if (damaged.Length > 0)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            try
            {
                environment.LoadState(new BinaryReader(new MemoryStream(damaged)));
                Play(environment, seed: null, steps: 40); // accepted: then it must be playable
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Theory, MemberData(nameof(Games))]
    public void Step_Steady_AllocatesNothing(MinAtarGame game)
    {
        MinAtarEnvironment environment = Create(game);
        float[] observation = new float[environment.Spec.Observation.Length];
        environment.Reset(1, observation);
        PlayQuietly(environment, observation, 2000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PlayQuietly(environment, observation, 5000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void LoadState_OfAnotherGame_Throws()
    {
        byte[] state = SavedState.Of(Create(MinAtarGame.Freeway));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => SavedState.Load(Create(MinAtarGame.Asterix), state));
        Assert.Contains("minatar/freeway", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SaveState_RandomSourceNotResumable_Throws()
    {
        MinAtarEnvironment environment = new(new MinAtarOptions { Game = MinAtarGame.Breakout }, new ScriptedRandomSource());
        Assert.Throws<NotSupportedException>(() => SavedState.Of(environment));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void Step_ActionOutOfRange_ThrowsNamingTheRange(int action)
    {
        MinAtarEnvironment environment = Create(MinAtarGame.Breakout);
        float[] observation = new float[400];
        environment.Reset(1, observation);
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => environment.Step(action, observation));
        Assert.Contains("actions 0 to 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_BeforeResetOrAfterTheEnd_Throws()
    {
        MinAtarEnvironment environment = Create(MinAtarGame.Breakout);
        float[] observation = new float[400];
        Assert.Throws<InvalidOperationException>(() => environment.Step(0, observation));
        environment.Reset(1, observation);
        while (!environment.Step(0, observation).Terminated)
        {
        }

        Assert.Throws<InvalidOperationException>(() => environment.Step(0, observation));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Options_StickyOutOfRange_Throws(double sticky) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(MinAtarGame.Breakout, sticky: sticky));

    private static MinAtarEnvironment Create(MinAtarGame game, bool minimal = false, double sticky = 0.1) => new(
        new MinAtarOptions { Game = game, MinimalActions = minimal, StickyProbability = sticky }, new StreamRandomSource(0));

    /// <summary>Rewards, ends and a digest of every observation.</summary>
    private static double[] Play(MinAtarEnvironment environment, ulong? seed, int steps)
    {
        Random actions = new(21);
        List<double> seen = [];
        float[] observation = new float[environment.Spec.Observation.Length];
        if (seed is { } value)
        {
            environment.Reset(value, observation);
            seen.Add(ObservationHash.Of(observation));
        }
        else if (IsOver(environment))
        {
            environment.Reset(observation);
        }

        for (int i = 0; i < steps; i++)
        {
            StepResult result = environment.Step(actions.Next(environment.Spec.Actions), observation);
            seen.AddRange([result.Reward, result.Terminated ? 1 : 0, ObservationHash.Of(observation)]);
            if (result.IsOver)
            {
                environment.Reset(observation);
            }
        }

        return [.. seen];
    }

    private static bool IsOver(MinAtarEnvironment environment)
    {
        byte[] state = SavedState.Of(environment);
        bool over = false;
        try
        {
            environment.Step(0, new float[environment.Spec.Observation.Length]);
        }
        catch (InvalidOperationException)
        {
            over = true;
        }

        SavedState.Load(environment, state);
        return over;
    }

    private static void PlayQuietly(MinAtarEnvironment environment, float[] observation, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            if (environment.Step((i * 7 / 3) % 6, observation).IsOver)
            {
                environment.Reset(observation);
            }
        }
    }
}
