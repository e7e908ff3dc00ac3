namespace Gala.Environments;

/// <summary>Where a replayed trace and the game disagree.</summary>
/// <param name="File">The file as it was named.</param>
/// <param name="Segment">The segment's own number.</param>
/// <param name="Step">The step, from 0; −1: the reset at the start.</param>
/// <param name="What">What differed, with what was and what should have been.</param>
public sealed record TraceMismatch(string File, int Segment, int Step, string What)
{
    /// <summary>The disagreement in one line.</summary>
    public override string ToString() => Step < 0
        ? $"{File}: segment {Segment}, start: {What}"
        : $"{File}: segment {Segment}, step {Step}: {What}";
}
