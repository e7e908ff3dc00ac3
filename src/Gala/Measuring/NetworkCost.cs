using Gala.Environments;
using Gala.Networks;
using Gala.Runs;

namespace Gala.Measuring;

/// <summary>The arithmetic that learning takes, counted by the layers' definitions.</summary>
internal static class NetworkCost
{
    /// <summary>Multiply-adds for each environment step: acting, the bootstrap value's share, and both backward passes.</summary>
    /// <param name="options">Complete; of an architecture that keeps the activations of acting.</param>
    public static double MultiplyAddsPerStep(RunOptions options)
    {
        EnvironmentSpec environment = EnvironmentRegistry.Default.SpecOf(options.Environment);
        NetworkSpec spec = NetworkPresets.Create(options.Network!, environment.Observation, environment.Actions);
        int steps = options.Rollout!.Value;
        using ManagedActorCritic network = new(spec, steps);
        IReadOnlyList<LayerPass> passes = network.Passes(steps, simulators: 1);
        double forward = passes.Where(pass => pass.IsForward).Sum(pass => pass.MultiplyAdds);
        double backward = passes.Where(pass => !pass.IsForward).Sum(pass => pass.MultiplyAdds);
        return ((forward * (steps + 1) / steps) + backward) / steps;
    }
}
