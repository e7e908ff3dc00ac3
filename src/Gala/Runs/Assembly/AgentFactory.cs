using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>From options to workers that are ready to run: one entry an architecture.</summary>
internal static class AgentFactory
{
    /// <summary>Makes the workers of a run.</summary>
    /// <param name="options">Complete: nothing left to defaults.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    /// <param name="cluster">The processes that the workers are part of; null for this one alone.</param>
    /// <param name="refused">Told of every message that an agent refuses, on its thread; null for nobody.</param>
    public static AgentGroup Create(
        RunOptions options, Action<GossipTimeOut> timedOut, ICluster? cluster = null, Action<GossipRefusal>? refused = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        cluster ??= new SingleProcess();
        return options.Architecture switch
        {
            "a2c" => A2CAssembly.Create(options, cluster),
            "a3c" => A3CAssembly.Create(options),
            "hts" => HtsAssembly.Create(options),
            "impala" => ImpalaAssembly.Create(options, cluster),
            _ => GalaAssembly.Create(options, timedOut, refused, cluster),
        };
    }
}
