using Gala.Architectures;
using Gala.Learning;

namespace Gala.Measuring;

/// <summary>An agent's counters at one moment.</summary>
/// <param name="Updates">Done.</param>
/// <param name="Seconds">Spent, by phase.</param>
/// <param name="Waited">Seconds of gossip that were waits.</param>
internal sealed record AgentTimes(long Updates, double[] Seconds, double Waited)
{
    private static readonly Phase[] Phases = Enum.GetValues<Phase>();

    public static AgentTimes Of(IAgent agent) => new(
        agent.Progress.Updates,
        [.. Phases.Select(phase => agent.Clock.Spent(phase).TotalSeconds)],
        agent.Gossip.Statistics.Waited.TotalSeconds);

    public AgentShares SharesSince(AgentTimes before, int rank)
    {
        double all = Phases.Where(phase => phase != Phase.Queue).Sum(Spent);
        double wait = Math.Min(Waited - before.Waited, Spent(Phase.Gossip)); // a wait counts when it ends, gossip a little later
        return new AgentShares(
            rank,
            Spent(Phase.Act) / all,
            Spent(Phase.Simulate) / all,
            Spent(Phase.Learn) / all,
            Spent(Phase.Optimize) / all,
            (Spent(Phase.Gossip) - wait) / all,
            wait / all);

        double Spent(Phase phase) => Seconds[(int)phase] - before.Seconds[(int)phase];
    }
}
