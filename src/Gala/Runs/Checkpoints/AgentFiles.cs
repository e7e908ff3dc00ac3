using Gala.Networks;

namespace Gala.Runs.Checkpoints;

/// <summary>One agent as two safetensors files: the weights, which other tools read, and all else.</summary>
internal static class AgentFiles
{
    private const string OptimizerPrefix = "optimizer.";
    private const string CountersName = "counters"; // optimizer steps, updates, since version 2 refused updates
    private const string StateName = "state";
    private const string FailedName = "failed"; // there if it did, without elements; older readers pass over it

    /// <summary>Weights of the agent with that rank.</summary>
    public static string WeightsName(int rank) => FormattableString.Invariant($"agent-{rank}.safetensors");

    /// <summary>Everything else of the agent with that rank.</summary>
    public static string StateFileName(int rank) => FormattableString.Invariant($"agent-{rank}.state.safetensors");

    public static void WriteWeights(Stream stream, AgentCheckpoint agent) => SafetensorsFile.Write(stream,
    [
        .. agent.Layout.Tensors.Select(tensor =>
            new SafetensorsTensor(tensor.Name, tensor.Shape, agent.Parameters.AsMemory(tensor.Offset, tensor.Length))),
    ]);

    public static void WriteState(Stream stream, AgentCheckpoint agent) => SafetensorsFile.Write(stream,
    [
        // Integers and floats first: each tensor then starts at a multiple of its elements' size.
        new SafetensorsTensor(CountersName, [3], new[] { agent.OptimizerSteps, agent.Updates, agent.RefusedUpdates }),
        .. agent.OptimizerState.Select(vector => new SafetensorsTensor(OptimizerPrefix + vector.Name, [vector.Values.Length], vector.Values)),
        new SafetensorsTensor(StateName, [agent.State.Length], agent.State),
        .. agent.HasFailed ? (SafetensorsTensor[])[new(FailedName, [0], Array.Empty<byte>())] : [],
    ]);

    /// <summary>The agent that was written.</summary>
    /// <exception cref="InvalidDataException">A file is broken or lacks something.</exception>
    public static AgentCheckpoint Read(string directory, int rank)
    {
        SafetensorsFile weights = SafetensorsFile.Read(Path.Combine(directory, WeightsName(rank)));
        ParameterLayout layout = new(weights.Tensors.Select(tensor => (tensor.Name, tensor.Shape.ToArray())));
        float[] parameters = new float[layout.Length];
        for (int i = 0; i < weights.Tensors.Count; i++)
        {
            Expect(weights.Tensors[i], SafetensorsElement.Singles).Singles.CopyTo(parameters.AsSpan(layout.Tensors[i].Offset));
        }

        SafetensorsFile state = SafetensorsFile.Read(Path.Combine(directory, StateFileName(rank)));
        ReadOnlySpan<long> counters = Expect(state.Find(CountersName), SafetensorsElement.Integers).Integers;
        return new AgentCheckpoint
        {
            Layout = layout,
            Parameters = parameters,
            OptimizerState = [.. state.Tensors.Where(IsOptimizerVector).Select(ToVector)],
            OptimizerSteps = counters.Length is 2 or 3 ? counters[0] : throw new InvalidDataException($"'{CountersName}' are not two or three numbers"),
            Updates = counters[1],
            RefusedUpdates = counters.Length > 2 ? counters[2] : 0,
            HasFailed = state.Find(FailedName) is not null,
            State = Expect(state.Find(StateName), SafetensorsElement.Bytes).Bytes.ToArray(),
        };
    }

    private static bool IsOptimizerVector(SafetensorsTensor tensor) => tensor.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal);

    private static NamedVector ToVector(SafetensorsTensor tensor) =>
        new(tensor.Name[OptimizerPrefix.Length..], Expect(tensor, SafetensorsElement.Singles).Singles.ToArray());

    private static SafetensorsTensor Expect(SafetensorsTensor? tensor, SafetensorsElement element) => tensor?.Element == element
        ? tensor
        : throw new InvalidDataException($"it lacks {element} that belong there");
}
