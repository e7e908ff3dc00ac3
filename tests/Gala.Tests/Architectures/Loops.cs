using Gala.Architectures;
using Gala.Scheduling;

namespace Gala.Tests.Architectures;

/// <summary>Runs agents without a run folder.</summary>
internal static class Loops
{
    /// <summary>All agents, for so many updates each on average; in lock-step for as many each.</summary>
    public static void Run(IReadOnlyList<IAgent> agents, int updates, Action<IAgent>? afterUpdate = null)
    {
        using Runners threads = new(agents, new UpdateBudget((long)updates * agents.Count), afterUpdate ?? (_ => { }), _ => { });
        threads.Start();
        Assert.True(threads.Wait(TimeSpan.FromMinutes(2)), "The agents did not end.");
        Assert.Null(threads.Failure);
    }

    /// <summary>The agent's parameters now.</summary>
    public static float[] Parameters(IAgent agent) => agent.Parameters.Span.ToArray();
}
