using Gala.Environments.ClassicControl;

namespace Gala.Environments.Tests.ClassicControl;

public class CartPoleTests
{
    [Fact]
    public void Reset_FourDraws_MapsThemTo5Hundredths()
    {
        float[] observation = new float[4];
        new CartPole(new ScriptedRandomSource().Uniform(0, 0.25, 0.5, 0.75)).Reset(observation);
        Assert.Equal([-0.05f, -0.025f, 0f, 0.025f], observation);
    }

    [Fact]
    public void Step_FromRest_EqualsTheHandWorkedStep()
    {
        // At rest upright, pushed right: drive = 10/1.1; the angle's acceleration is −drive / (0.5 · (4/3 − 0.1/1.1)) = −600/41,
        // the cart's is drive + 0.05 · (600/41) / 1.1 = 400/41; one step of 0.02 s changes the velocities only.
        CartPole cart = At(0, 0, 0, 0);
        float[] observation = new float[4];
        StepResult result = cart.Step(1, observation);
        Assert.Equal(new StepResult(1, false, false), result);
        Assert.Equal(0f, observation[0]);
        Assert.Equal(8.0 / 41, observation[1], 1e-7);
        Assert.Equal(0f, observation[2]);
        Assert.Equal(-12.0 / 41, observation[3], 1e-7);
        cart.Step(1, observation);
        Assert.Equal(0.02 * 8 / 41, observation[0], 1e-9);
        Assert.Equal(-0.02 * 12 / 41, observation[2], 1e-9);
    }

    [Fact]
    public void Step_WholeEpisodes_FollowTheEquationsOfMotion()
    {
        Random random = new(17);
        for (int episode = 0; episode < 20; episode++)
        {
            double[] state = [.. Enumerable.Range(0, 4).Select(_ => (random.NextDouble() * 0.1) - 0.05)];
            CartPole cart = At(state[0], state[1], state[2], state[3]);
            float[] observation = new float[4];
            StepResult result = default;
            // The pole is unstable: a difference of rounding grows eightfold in 25 steps, so that longer plays would part.
            for (int i = 0; i < 120 && !result.IsOver; i++)
            {
                int action = observation[2] + observation[3] > 0 == random.NextDouble() < 0.9 ? 1 : 0;
                result = cart.Step(action, observation);
                ReferenceStep(state, action == 1 ? 10 : -10);
                for (int k = 0; k < 4; k++)
                {
                    Assert.Equal(state[k], observation[k], 1e-6 + (1e-6 * Math.Abs(state[k])));
                }

                Assert.Equal(Math.Abs(state[0]) > 2.4 || Math.Abs(state[2]) > Math.PI / 15, result.Terminated);
            }
        }
    }

    [Fact]
    public void Step_BalancedToTheLimit_IsTruncatedThen()
    {
        CartPole cart = new(new StreamRandomSource(0));
        float[] observation = new float[4];
        cart.Reset(1, observation);
        for (int i = 1; i < CartPole.DefaultLimit; i++)
        {
            Assert.False(Balance(cart, observation).IsOver);
        }

        Assert.Equal(new StepResult(1, false, true), Balance(cart, observation));
        Assert.Throws<InvalidOperationException>(() => cart.Step(0, observation));
    }

    [Fact]
    public void Step_FallsInTheLastStep_IsTerminatedNotTruncated()
    {
        int length = StepsToFall(int.MaxValue, out _);
        Assert.Equal(length, StepsToFall(length, out StepResult last));
        Assert.Equal(new StepResult(1, true, false), last);
        StepsToFall(length - 1, out StepResult cut);
        Assert.Equal(new StepResult(1, false, true), cut);
    }

    [Fact]
    public void State_SavedInTheMiddle_GoesOnTheSame()
    {
        CartPole cart = new(new StreamRandomSource(0), limit: 30);
        float[] observation = new float[4];
        cart.Reset(2, observation);
        Run(cart, observation, 7);
        byte[] state = SavedState.Of(cart);
        List<float> expected = Run(cart, observation, 200);
        CartPole other = new(new StreamRandomSource(5), limit: 30);
        SavedState.Load(other, state);
        Assert.Equal(expected, Run(other, observation, 200));
    }

    [Fact]
    public void Step_Misused_Throws()
    {
        CartPole cart = new(new StreamRandomSource(0));
        float[] observation = new float[4];
        Assert.Throws<InvalidOperationException>(() => cart.Step(0, observation));
        cart.Reset(observation);
        Assert.Throws<ArgumentOutOfRangeException>(() => cart.Step(2, observation));
        Assert.Throws<ArgumentOutOfRangeException>(() => cart.Step(-1, observation));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CartPole(new StreamRandomSource(0), limit: 0));
    }

    [Fact]
    public void Step_Steady_AllocatesNothing()
    {
        CartPole cart = new(new StreamRandomSource(0));
        float[] observation = new float[4];
        cart.Reset(observation);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            if (cart.Step(i % 2, observation).IsOver)
            {
                cart.Reset(observation);
            }
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static CartPole At(double position, double velocity, double angle, double angularVelocity)
    {
        CartPole cart = new(new ScriptedRandomSource().Uniform(
            [.. new[] { position, velocity, angle, angularVelocity }.Select(value => (value + 0.05) / 0.1)]));
        cart.Reset(new float[4]);
        return cart;
    }

    /// <summary>Solves the two equations of motion of a cart of 1 kg and a uniform rod of 0.1 kg and 1 m for the accelerations:
    /// (M + m) a + m l cos θ α = F + m l ω² sin θ and cos θ a + (4/3) l α = g sin θ.</summary>
    private static void ReferenceStep(double[] state, double force)
    {
        (double sine, double cosine) = Math.SinCos(state[2]);
        (double a11, double a12, double b1) = (1.1, 0.05 * cosine, force + (0.05 * state[3] * state[3] * sine));
        (double a21, double a22, double b2) = (cosine, 0.5 * 4 / 3, 9.8 * sine);
        double determinant = (a11 * a22) - (a12 * a21);
        double acceleration = ((b1 * a22) - (a12 * b2)) / determinant;
        double angularAcceleration = ((a11 * b2) - (b1 * a21)) / determinant;
        (state[0], state[1]) = (state[0] + (0.02 * state[1]), state[1] + (0.02 * acceleration));
        (state[2], state[3]) = (state[2] + (0.02 * state[3]), state[3] + (0.02 * angularAcceleration));
    }

    private static StepResult Balance(CartPole cart, float[] observation) =>
        cart.Step(observation[2] + (0.5 * observation[3]) + (0.05 * observation[0]) + (0.1 * observation[1]) > 0 ? 1 : 0, observation);

    private static int StepsToFall(int limit, out StepResult last)
    {
        CartPole cart = new(new StreamRandomSource(0), limit);
        float[] observation = new float[4];
        cart.Reset(3, observation);
        int steps = 0;
        do
        {
            last = cart.Step(1, observation);
            steps++;
        }
        while (!last.IsOver);
        return steps;
    }

    private static List<float> Run(CartPole cart, float[] observation, int steps)
    {
        List<float> seen = [];
        for (int i = 0; i < steps; i++)
        {
            StepResult result = cart.Step(i / 2 % 2, observation);
            seen.AddRange(observation);
            if (result.IsOver)
            {
                cart.Reset(observation);
            }
        }

        return seen;
    }
}
