using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>What a test can ask for by name.</summary>
internal static class Programs
{
    public static IReadOnlyDictionary<string, Action<ICluster>> ByName { get; } = new Dictionary<string, Action<ICluster>>
    {
        ["ring"] = TransportPrograms.ReachesTheNextAgentOnly,
        ["latest"] = TransportPrograms.TakesTheLatest,
        ["leave"] = TransportPrograms.LeaveComesAfterTheLastMessage,
        ["whole"] = TransportPrograms.MessagesAreWholeAndInOrder,
        ["allocate"] = TransportPrograms.ExchangesAllocateNothing,
        ["poison"] = TransportPrograms.PoisonIsRefused,
        ["short"] = TransportPrograms.MessageOfAnotherLengthIsRefused,
        ["gossip"] = GossipPrograms.AgentsComeTogether,
        ["push-sum"] = GossipPrograms.PushSumKeepsWeightAndMean,
        ["stream"] = StreamPrograms.EveryFrameArrivesOnceWholeAndInOrder,
        ["stream-wait"] = StreamPrograms.FillersWaitForWhoEmpties,
        ["stream-close"] = StreamPrograms.WhoeverClosesClosesAll,
        ["stream-allocate"] = StreamPrograms.ExchangesAllocateNothing,
        ["gather"] = ReductionPrograms.GatherKeepsTheOrder,
        ["reduce-1"] = cluster => ReductionPrograms.EqualsTheTreeOfOneProcess(cluster, agents: 1),
        ["reduce-2"] = cluster => ReductionPrograms.EqualsTheTreeOfOneProcess(cluster, agents: 2),
        ["reduce-3"] = cluster => ReductionPrograms.EqualsTheTreeOfOneProcess(cluster, agents: 3),
        ["reduce-stop"] = ReductionPrograms.StopsAllInTheSameRound,
    };
}
