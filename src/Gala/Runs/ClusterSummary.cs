using System.Runtime.InteropServices;
using Gala.Architectures;
using Gala.Environments;
using Gala.Gossip;

namespace Gala.Runs;

/// <summary>One summary of what all processes of a run did, made by process 0.</summary>
internal sealed class ClusterSummary
{
    private readonly List<float[]> _parameters = []; // of all agents, in order of rank
    private readonly List<int> _living = []; // ranks of those that have not failed
    private readonly List<FailedAgent> _failed = [];
    private readonly List<(double Mean, int Episodes)> _means = [];
    private readonly List<(double Mean, int Episodes)> _bests = [];
    private long _frames;
    private long _environmentSteps;
    private long _updates;
    private long _refusedUpdates;
    private long _refusedMessages;
    private long _exchanges;
    private long _episodes;
    private double _largestUpdateNorm;

    /// <summary>In process 0 what all processes did, in the others <paramref name="own"/>. All processes call it together.</summary>
    /// <param name="cluster">All processes.</param>
    /// <param name="own">What this process did.</param>
    /// <param name="group">The agents of this process; all have stopped.</param>
    public static RunSummary Merge(ICluster cluster, RunSummary own, AgentGroup group)
    {
        if (cluster.Processes == 1)
        {
            return own;
        }

        ClusterSummary all = new();
        int[] heard = [];
        cluster.Gather(Write(own, group), (process, content) =>
        {
            heard = [.. heard, process];
            all.Add(process, content, group.Agents[0].Parameters.Length);
        });
        if (cluster.Process > 0)
        {
            return own with { LostProcesses = cluster.Silent };
        }

        return all.Complete(own with { Agents = own.Agents * heard.Length }, group.Topology) with
        {
            LostProcesses = [.. Enumerable.Range(0, cluster.Processes).Except(heard)],
        };
    }

    private static byte[] Write(RunSummary own, AgentGroup group)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        writer.Write(own.Frames);
        writer.Write(own.EnvironmentSteps);
        writer.Write(own.Updates);
        writer.Write(own.RefusedUpdates);
        writer.Write(own.RefusedMessages);
        writer.Write(own.Exchanges);
        writer.Write(own.Episodes);
        writer.Write(Math.Max(1, EpisodeLog.Merge(group.Simulators.Select(simulators => simulators.Episodes)).Length)); // 1: the weight of no mean
        writer.Write(own.MeanReturn100 ?? double.NaN);
        writer.Write(own.BestMeanReturn100 ?? double.NaN);
        writer.Write(group.Agents.Select(agent => agent.Progress.LargestUpdateNorm).DefaultIfEmpty().Max());
        writer.Write(own.FailedAgents.Count);
        foreach (FailedAgent failed in own.FailedAgents)
        {
            writer.Write(failed.Name);
            writer.Write(failed.Reason);
        }

        foreach (IAgent agent in group.Agents)
        {
            writer.Write(agent.Progress.State != AgentState.Failed);
            writer.Write(MemoryMarshal.AsBytes(agent.Parameters.Span));
        }

        return memory.ToArray();
    }

    private void Add(int process, ReadOnlyMemory<byte> content, int parameterCount)
    {
        using BinaryReader reader = new(new MemoryStream(content.ToArray()));
        _frames += reader.ReadInt64();
        _environmentSteps += reader.ReadInt64();
        _updates += reader.ReadInt64();
        _refusedUpdates += reader.ReadInt64();
        _refusedMessages += reader.ReadInt64();
        _exchanges += reader.ReadInt64();
        _episodes += reader.ReadInt64();
        int lastEpisodes = reader.ReadInt32();
        _means.Add((reader.ReadDouble(), lastEpisodes));
        _bests.Add((reader.ReadDouble(), lastEpisodes));
        _largestUpdateNorm = Math.Max(_largestUpdateNorm, reader.ReadDouble());
        for (int failures = reader.ReadInt32(); failures > 0; failures--)
        {
            _failed.Add(new FailedAgent($"{reader.ReadString()} of process {process}", reader.ReadString()));
        }

        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            if (reader.ReadBoolean())
            {
                _living.Add(_parameters.Count);
            }

            float[] parameters = new float[parameterCount];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(parameters.AsSpan()));
            _parameters.Add(parameters);
        }
    }

    private RunSummary Complete(RunSummary own, Topology? topology) => own with
    {
        Frames = _frames,
        EnvironmentSteps = _environmentSteps,
        Updates = _updates,
        FramesPerSecond = _frames / own.WallSeconds,
        EnvironmentStepsPerSecond = _environmentSteps / own.WallSeconds,
        RefusedUpdates = _refusedUpdates,
        RefusedMessages = _refusedMessages,
        Exchanges = _exchanges,
        Episodes = _episodes,
        MeanReturn100 = MeanOf(_means),
        BestMeanReturn100 = MeanOf(_bests),
        FailedAgents = _failed,
        Consensus = topology is null ? own.Consensus : Measure(topology),
        ParametersSha256 = ParametersDigest.Of(_parameters),
    };

    private ConsensusReport Measure(Topology topology)
    {
        ConsensusMonitor monitor = new(topology, _living.Count);
        monitor.RecordUpdate(rank: 0, _largestUpdateNorm);
        return ConsensusReport.Of(monitor.Measure(index => _parameters[_living[index]]));
    }

    /// <summary>Over the processes that have a figure. One with fewer than 100 episodes counts for as many as it has: a few that ended early say little.</summary>
    private static double? MeanOf(IEnumerable<(double Mean, int Episodes)> figures)
    {
        (double Mean, int Episodes)[] known = [.. figures.Where(figure => double.IsFinite(figure.Mean))];
        return known.Length > 0 ? known.Sum(figure => figure.Mean * figure.Episodes) / known.Sum(figure => figure.Episodes) : null;
    }
}
