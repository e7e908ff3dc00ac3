using Gala.Environments;
using Gala.Measuring;

namespace Gala.Tests.Measuring;

public sealed class EnvironmentBenchmarkTests
{
    [Fact]
    public void Run_EveryRegisteredEnvironment_HasBothRates()
    {
        string[] ids = ["classic/cartpole", "memory/cue", "minatar/breakout"];
        EnvironmentRegistry registry = new();
        foreach (string id in ids)
        {
            registry.Register(id, () => EnvironmentRegistry.Default.Create(id));
        }

        EnvironmentsMeasurement measured = EnvironmentBenchmark.Run(TimeSpan.FromTicks(1), TimeSpan.Zero, registry);

        Assert.Equal(ids, measured.Environments.Select(one => one.Environment));
        Assert.All(measured.Environments, one => Assert.True(one.StepsPerSecond > 0 && one.BareStepsPerSecond > 0));
    }
}
