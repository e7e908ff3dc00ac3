using Gala.Architectures;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>From options to workers that are ready to run: one entry an architecture.</summary>
internal static class AgentFactory
{
    /// <summary>Makes the workers of a run.</summary>
    /// <param name="options">Complete: nothing left to defaults.</param>
    /// <param name="timedOut">Told of a peer that did not answer, on the waiting agent's thread.</param>
    public static AgentGroup Create(RunOptions options, Action<GossipTimeOut> timedOut)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.Architecture switch
        {
            "a2c" => A2CAssembly.Create(options),
            "a3c" => A3CAssembly.Create(options),
            "hts" => HtsAssembly.Create(options),
            "impala" => ImpalaAssembly.Create(options),
            _ => GalaAssembly.Create(options, timedOut),
        };
    }
}
