using Gala.Architectures;
using Gala.Networks;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Takes an agent's whole state and gives it back: parameters, optimiser, counters, simulators, random streams.</summary>
internal static class AgentCapture
{
    /// <summary>Copies the whole state. On the agent's own thread, between updates.</summary>
    public static AgentCheckpoint Of(IAgent agent) => Of(agent, StateOf(agent));

    /// <summary>Copies all but parameters and optimiser: what the agent's simulators, which are the user's code, have a part in. On the agent's own
    /// thread, between updates, or when it has stopped.</summary>
    public static byte[] StateOf(IAgent agent)
    {
        using MemoryStream memory = new();
        using BinaryWriter writer = new(memory);
        writer.Write(agent.Progress.LargestUpdateNorm);
        agent.SaveState(writer);
        writer.Flush();
        return memory.ToArray();
    }

    /// <summary>Joins a copied state with a copy of the present parameters and optimiser.</summary>
    public static AgentCheckpoint Of(IAgent agent, byte[] state)
    {
        IOptimizer optimizer = agent.Optimizer;
        ParameterVector parameters = agent.Parameters;
        return new AgentCheckpoint
        {
            Layout = parameters.Layout,
            Parameters = parameters.Span.ToArray(),
            OptimizerState = [.. optimizer.StateNames.Select(name => new NamedVector(name, optimizer.State(name).ToArray()))],
            OptimizerSteps = optimizer.Steps,
            Updates = agent.Updates,
            RefusedUpdates = agent.Progress.RefusedUpdates,
            State = state,
        };
    }

    /// <summary>Puts all agents of a run back to where a checkpoint took them.</summary>
    /// <exception cref="InvalidRunException">The checkpoint is of other agents than these.</exception>
    public static void Restore(Checkpoint checkpoint, IReadOnlyList<IAgent> agents)
    {
        if (checkpoint.Agents.Count != agents.Count)
        {
            throw CheckpointFit.Changed($"it holds {checkpoint.Agents.Count} agents that learn, run.yaml asks for {agents.Count}");
        }

        for (int rank = 0; rank < agents.Count; rank++)
        {
            Restore(checkpoint.Agents[rank], agents[rank]);
        }
    }

    private static void Restore(AgentCheckpoint checkpoint, IAgent agent)
    {
        ParameterVector parameters = agent.Parameters;
        if (checkpoint.Parameters.Length != parameters.Length)
        {
            throw CheckpointFit.Changed($"its networks have {checkpoint.Parameters.Length} parameters, those of run.yaml {parameters.Length}");
        }

        checkpoint.Parameters.CopyTo(parameters.Span);
        agent.ParametersChanged();
        RestoreOptimizer(checkpoint, agent.Optimizer);
        try
        {
            using BinaryReader reader = new(new MemoryStream(checkpoint.State));
            double largestUpdateNorm = reader.ReadDouble();
            agent.LoadState(reader);
            if (reader.BaseStream.Position < checkpoint.State.Length)
            {
                throw new InvalidDataException($"its state has {checkpoint.State.Length - reader.BaseStream.Position} bytes more than the run has a use for");
            }

            if (agent.Updates != checkpoint.Updates || agent.Updates < 0)
            {
                throw new InvalidDataException($"its state is of update {agent.Updates}, not {checkpoint.Updates}");
            }

            agent.Progress.Restore(agent.Updates, checkpoint.RefusedUpdates, largestUpdateNorm);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidRunException(
                $"the checkpoint does not fit the run: {OneLine.Message(exception).TrimEnd('.')}; if run.yaml or the environment was changed since, put it back; "
                + "otherwise start a new run", exception);
        }
    }

    private static void RestoreOptimizer(AgentCheckpoint checkpoint, IOptimizer optimizer)
    {
        optimizer.Steps = checkpoint.OptimizerSteps;
        foreach (string name in optimizer.StateNames)
        {
            Span<float> target = optimizer.State(name);
            float[]? values = checkpoint.OptimizerState.FirstOrDefault(vector => vector.Name == name)?.Values;
            if (values is null || values.Length != target.Length)
            {
                throw CheckpointFit.Changed($"it lacks the optimiser's '{name}' of {target.Length} numbers");
            }

            values.CopyTo(target);
        }
    }
}
