namespace Gala.Runs;

/// <summary>One block of a record.</summary>
/// <param name="Kind">What it holds.</param>
/// <param name="Content">Its bytes.</param>
internal readonly record struct RecordBlock(RecordBlockKind Kind, byte[] Content);

/// <summary>What a block of a record holds.</summary>
internal enum RecordBlockKind : byte
{
    /// <summary>A session began.</summary>
    Start = 1,

    /// <summary>What was decided for one agent.</summary>
    Decisions = 2,

    /// <summary>A checkpoint is about to be written.</summary>
    Checkpoint = 3,

    /// <summary>A session ended well, or was interrupted.</summary>
    End = 4,
}
