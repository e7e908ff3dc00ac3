using Gala.Environments;
using Gala.Measuring;
using Gala.Runs;

namespace Gala.Tests.Measuring;

public sealed class NetworkCostTests
{
    [Fact]
    public void MultiplyAddsPerStep_MinAtar_AreThoseOfItsLayersByHand()
    {
        RunOptions options = RunDefaults.Resolve(
            new RunOptions { Environment = "minatar/breakout", Network = "minatar", Rollout = 5 }, id => EnvironmentRegistry.Default.Create(id).Spec);

        const double Convolution = 64 * (3 * 3 * 4) * 16, Hidden = 1024 * 128, Heads = 128 * 7; // outputs x patch x filters
        const double Forward = Convolution + Hidden + Heads;
        const double Backward = Convolution + (2 * Hidden) + (2 * Heads); // nobody asks for the image's gradients
        Assert.Equal((Forward * 6 / 5) + Backward, NetworkCost.MultiplyAddsPerStep(options), 1e-6 * Forward);
    }

    [Fact]
    public void ReadJoules_AnyMachine_GrowsOrIsNotExposed()
    {
        double? before = EnergyMeter.ReadJoules();
        Assert.True(before is null || EnergyMeter.ReadJoules() >= before);
    }
}
