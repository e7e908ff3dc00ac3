using System.Text.Json;
using Gala.Numerics;

namespace Gala.Networks.Tests;

public sealed class OptimizerTests
{
    [Theory]
    [InlineData("rmsprop", false)]
    [InlineData("rmsprop", true)]
    [InlineData("adam", false)]
    [InlineData("adam", true)]
    [InlineData("sgd", false)]
    [InlineData("sgd", true)]
    public void Step_TenTimes_FollowsPyTorch(string name, bool clipped)
    {
        JsonElement golden = GoldenOptimizers.Find(name, clipped);
        using IOptimizer optimizer = Create(name);
        float[] parameters = GoldenOptimizers.InitialParameters();
        for (int step = 1; step <= GoldenOptimizers.Steps; step++)
        {
            float[] gradients = GoldenOptimizers.Gradients(step);
            double norm = Math.Sqrt(Kernels.SumOfSquares(gradients));
            optimizer.Step(gradients, parameters, clipped ? GradientClipping.Scale(norm, 0.5) : 1);
            if (clipped)
            {
                Assert.Equal(golden.GetProperty("norms")[step - 1].GetDouble(), norm, 1e-6);
            }

            for (int i = 0; i < GoldenOptimizers.Length; i++)
            {
                double expected = golden.GetProperty("parameters")[step - 1][i].GetDouble();
                Assert.Equal(expected, parameters[i], 2e-7 + (1e-6 * Math.Abs(expected)));
            }
        }

        Assert.Equal(GoldenOptimizers.Steps, optimizer.Steps);
    }

    [Theory]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void Step_AnyOptimizer_ReturnsTheNormOfTheChange(string name)
    {
        using IOptimizer optimizer = Create(name);
        float[] parameters = new float[GoldenOptimizers.Length]; // from zero the change is what the parameters then are
        double norm = optimizer.Step(GoldenOptimizers.Gradients(1), parameters, 1);
        Assert.True(norm > 0);
        Assert.Equal(Math.Sqrt(parameters.Sum(change => (double)change * change)), norm, 1e-9);
    }

    [Theory]
    [InlineData("rmsprop", 1)]
    [InlineData("adam", 2)]
    [InlineData("sgd", 0)]
    public void State_WrittenToANewOptimizer_GoesOnToTheBit(string name, int vectors)
    {
        using IOptimizer first = Create(name), second = Create(name);
        float[] parameters = GoldenOptimizers.InitialParameters();
        for (int step = 1; step <= 5; step++)
        {
            first.Step(GoldenOptimizers.Gradients(step), parameters, 1);
        }

        Assert.Equal(vectors, first.StateNames.Count);
        foreach (string state in first.StateNames)
        {
            first.State(state).CopyTo(second.State(state));
        }

        second.Steps = first.Steps;
        float[] resumed = [.. parameters];
        double norm = first.Step(GoldenOptimizers.Gradients(6), parameters, 1);
        Assert.Equal(norm, second.Step(GoldenOptimizers.Gradients(6), resumed, 1));
        Assert.Equal(parameters, resumed);
    }

    [Fact]
    public void Step_LearningRateChanged_Scales()
    {
        using Sgd optimizer = new(1);
        float[] parameters = [10];
        optimizer.Step([2], parameters, 1);
        optimizer.LearningRate = 0.5;
        Assert.Equal(1, optimizer.Step([2], parameters, 1));
        Assert.Equal(7, parameters[0]);
    }

    [Fact]
    public void RmsProp_EpsilonInside_DividesByTheRootOfBoth()
    {
        using RmsProp optimizer = new(1, learningRate: 10, decay: 0, epsilon: 16, EpsilonPlace.InsideRoot);
        float[] parameters = [0];
        optimizer.Step([3], parameters, 1); // 10 · 3 / √(9 + 16)
        Assert.Equal(-6, parameters[0]);
    }

    [Fact]
    public void RmsProp_SharedStatistics_AreThoseOfBothsGradients()
    {
        using RmsProp first = new(1, learningRate: 1, decay: 0.5, epsilon: 8, EpsilonPlace.InsideRoot);
        using RmsProp second = first.ShareStatistics();
        float[] parameters = [0];

        first.Step([4], parameters, 1); // s = ½ · 16 = 8, θ = −4 / √(8 + 8)
        Assert.Equal(-1, parameters[0]);
        second.Step([6], parameters, 1); // s = ½ · 8 + ½ · 36 = 22, θ = −1 − 6 / √(22 + 8)
        Assert.Equal(-2.0954452, parameters[0], 1e-6);
        Assert.Equal(22, first.State("rmsprop.meanSquare")[0]);
        Assert.Equal((1, 1), (first.Steps, second.Steps));
    }

    [Fact]
    public void Constructor_SettingOutOfRange_ThrowsNamingIt()
    {
        Assert.Equal("LearningRate", Throws(() => new RmsProp(1, double.NaN)));
        Assert.Equal("LearningRate", Throws(() => new Sgd(-1)));
        Assert.Equal("decay", Throws(() => new RmsProp(1, 1, decay: 1)));
        Assert.Equal("epsilon", Throws(() => new RmsProp(1, 1, epsilon: 0)));
        Assert.Equal("epsilon", Throws(() => new Adam(1, 1, epsilon: 1e-60))); // 0 as a float
        Assert.Equal("meanDecay", Throws(() => new Adam(1, 1, meanDecay: -0.1)));
        Assert.Equal("meanSquareDecay", Throws(() => new Adam(1, 1, meanSquareDecay: double.NaN)));
        Assert.Equal("length", Throws(() => new RmsProp(-1, 1)));
    }

    [Fact]
    public void State_UnknownName_ThrowsNamingTheKnown()
    {
        using Adam optimizer = new(1, 1);
        Assert.Contains("adam.m, adam.v", Assert.Throws<KeyNotFoundException>(() => optimizer.State("rmsprop.meanSquare").Length).Message);
    }

    [Fact]
    public void Step_WrongLength_Throws()
    {
        using RmsProp optimizer = new(4, 1);
        Assert.Equal("meanSquares", Assert.Throws<ArgumentException>(() => optimizer.Step(new float[3], new float[3], 1)).ParamName);
    }

    [Theory]
    [InlineData("rmsprop")]
    [InlineData("adam")]
    [InlineData("sgd")]
    public void Step_Repeated_AllocatesNothing(string name)
    {
        using IOptimizer optimizer = Create(name);
        float[] parameters = GoldenOptimizers.InitialParameters(), gradients = GoldenOptimizers.Gradients(1);
        optimizer.Step(gradients, parameters, GradientClipping.Scale(1, 0.5));
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            optimizer.Step(gradients, parameters, GradientClipping.Scale(1, 0.5));
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string? Throws(Func<IDisposable> make) => Assert.ThrowsAny<ArgumentOutOfRangeException>(() => make().Dispose()).ParamName;

    private static IOptimizer Create(string name) => name switch
    {
        "rmsprop" => new RmsProp(GoldenOptimizers.Length, 7e-3),
        "adam" => new Adam(GoldenOptimizers.Length, 3e-3),
        _ => new Sgd(5e-2),
    };
}
