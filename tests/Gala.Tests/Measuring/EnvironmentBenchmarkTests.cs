using Gala.Environments;
using Gala.Measuring;

namespace Gala.Tests.Measuring;

public sealed class EnvironmentBenchmarkTests
{
    [Fact]
    public void Run_EveryRegisteredEnvironment_HasBothRates()
    {
        EnvironmentsMeasurement measured = EnvironmentBenchmark.Run(TimeSpan.FromTicks(1), TimeSpan.Zero);

        Assert.Equal(EnvironmentRegistry.Default.List().Select(entry => entry.Id), measured.Environments.Select(one => one.Environment));
        Assert.All(measured.Environments, one => Assert.True(one.StepsPerSecond > 0 && one.BareStepsPerSecond > 0));
    }
}
