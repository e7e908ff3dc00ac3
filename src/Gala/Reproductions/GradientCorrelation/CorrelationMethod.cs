namespace Gala.Reproductions;

/// <summary>Whose gradients are compared.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Delay">How many rounds late messages are; null where the agents average gradients instead, so that they are the blocks of one A2C batch.</param>
internal sealed record CorrelationMethod(string Name, int? Delay)
{
    /// <summary>Four blocks of one batch: the gradients differ by what was played alone.</summary>
    public static CorrelationMethod Blocks { get; } = new("A2C, blocks of one batch", null);

    /// <summary>Four agents on a ring that mix in lock-step.</summary>
    public static CorrelationMethod LockStep { get; } = new("GALA, in lock-step", 0);

    /// <summary>Four agents on a ring, further apart.</summary>
    public static CorrelationMethod Late { get; } = new("GALA, messages 8 rounds late", 8);
}
