using FsCheck;
using FsCheck.Fluent;

namespace Gala.Gossip.Tests;

/// <summary>What gossip promises, on thousands of networks and agents drawn at random.</summary>
public sealed class SimulationProperties
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Averages_OnAnyNetwork_AreOfWholeMessagesEachMixedOnce(bool faults) => ForAll(1_000, seed =>
    {
        using Schedule schedule = new(seed, faults: faults);
        float[][] updated = new float[schedule.Agents.Length][];
        long[] mixes = new long[schedule.Agents.Length];
        schedule.Run(
            update: (rank, update, parameters) =>
            {
                parameters[(int)(update % Schedule.Length)] += 1 + rank;
                updated[rank] = parameters.ToArray();
            },
            exchanged: (simulation, rank, update) =>
            {
                bool mixed = schedule.Agents[rank].Statistics.Mixes > mixes[rank];
                mixes[rank] = schedule.Agents[rank].Statistics.Mixes;
                AssertAverage(schedule, (rank, update), updated[rank], simulation.ParametersOf(rank), mixed);
            });
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PushSum_OnAnyNetworkThatLosesNothing_ConservesWeightAndMean(bool faults) => ForAll(1_000, seed =>
    {
        using Schedule schedule = new(seed, pushSum: true, faults);
        (double Weight, double[] Mass)? first = null;
        schedule.Run(exchanged: (simulation, _, _) =>
        {
            (double weight, double[] mass) = Mass(schedule, simulation);
            first ??= (weight, mass);
            Assert.Equal(schedule.Agents.Length, weight, 1e-9);
            Assert.All(mass.Zip(first.Value.Mass), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        });
        schedule.TakeEverything();
        Assert.Equal(schedule.Network.MessagesSent, schedule.Transport.Received.Count);
        Assert.Equal(0, schedule.Transport.UnderWay.Weight, 1e-9);
    });

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Staleness_OfAnInPeerNotGivenUp_KeepsItsBound(bool pushSum, bool faults) => ForAll(500, seed =>
    {
        using Schedule schedule = new(seed, pushSum, faults);
        schedule.Run(exchanged: (_, rank, update) =>
        {
            foreach (int peer in schedule.Topology.InPeers(rank, update))
            {
                long behind = update - schedule.Transport.Recorded(rank).Newest.GetValueOrDefault(peer);
                Assert.True(schedule.MaxStaleness is null || behind <= schedule.MaxStaleness || schedule.IsAbsent(rank, peer), "too stale");
            }
        });
    });

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void LivingAgents_WhateverHappensToOthers_MakeAllTheirUpdates(bool pushSum, bool faults) => ForAll(500, seed =>
    {
        using Schedule schedule = new(seed, pushSum, faults);
        Simulation simulation = schedule.Run();
        for (int rank = 0; rank < schedule.Agents.Length; rank++)
        {
            bool mayDie = schedule.Outages.Any(outage => outage.Rank == rank && outage.Until is null);
            Assert.True(mayDie || simulation.FinishedAt(rank) is not null, $"agent {rank} never finished");
            Assert.Equal(simulation.FinishedAt(rank) is not null, simulation.UpdatesOf(rank) == schedule.Updates);
        }
    });

    [Fact]
    public void Partition_OnceHealed_LeavesTheAgentsNoFurtherApartThanBefore() => ForAll(200, seed =>
    {
        using PartitionedRun run = new(seed);
        (double before, double atTheEndOfIt, double after) = run.Disagreements();
        Assert.True(atTheEndOfIt > 2 * before, $"{atTheEndOfIt} is not apart, beside {before}");
        Assert.True(after < before, $"{after} is still apart, beside {before}");
    });

    [Fact]
    public void Runs_OfTheSameSeed_AreTheSameToTheBit() => ForAll(200, seed =>
        Assert.Equal(Trace(seed), Trace(seed)));

    private static void AssertAverage(Schedule schedule, (int Rank, long Update) at, float[] updated, ReadOnlySpan<float> parameters, bool mixed)
    {
        SortedDictionary<int, float[]> unmixed = schedule.Transport.Recorded(at.Rank).Unmixed;
        ILookup<bool, int> inPeers = schedule.Topology.InPeers(at.Rank, at.Update).ToArray().ToLookup(unmixed.ContainsKey);
        Assert.Equal(inPeers[true].Any() && inPeers[false].All(peer => schedule.IsAbsent(at.Rank, peer)), mixed);
        for (int i = 0; i < Schedule.Length; i++)
        {
            double[] terms = [updated[i], .. inPeers[true].Select(peer => (double)unmixed[peer][i])];
            double expected = mixed ? terms.Average() : updated[i];
            Assert.Equal(expected, parameters[i], mixed ? 1e-6 * terms.Sum(Math.Abs) : 0);
        }

        if (mixed)
        {
            Array.ForEach([.. inPeers[true]], peer => unmixed.Remove(peer));
        }
    }

    private static (double Weight, double[] Mass) Mass(Schedule schedule, Simulation simulation)
    {
        (double weight, double[] underWay) = schedule.Transport.UnderWay;
        double[] mass = [.. underWay];
        for (int rank = 0; rank < schedule.Agents.Length; rank++)
        {
            double held = ((PushSumAgent)schedule.Agents[rank]).Weight;
            weight += held;
            for (int i = 0; i < mass.Length; i++)
            {
                mass[i] += held * simulation.ParametersOf(rank)[i];
            }
        }

        return (weight, mass);
    }

    private static List<(int Rank, long Update, TimeSpan Time, float Parameter)> Trace(int seed)
    {
        List<(int, long, TimeSpan, float)> trace = [];
        using Schedule schedule = new(seed, faults: true);
        schedule.Run(exchanged: (simulation, rank, update) => trace.Add((rank, update, schedule.Network.Now, simulation.ParametersOf(rank)[0])));
        return trace;
    }

    private static void ForAll(int schedules, Action<int> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(schedules).WithReplay(23, 29),
        Prop.ForAll<int>(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            property(seed);
            return true;
        }));
}
