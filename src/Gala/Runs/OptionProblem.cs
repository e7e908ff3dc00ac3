namespace Gala.Runs;

/// <summary>One bad setting.</summary>
/// <param name="Option">As on the command line, such as <c>--learning-rate</c>.</param>
/// <param name="Message">What is expected, what came, and the mend, in one line.</param>
public sealed record OptionProblem(string Option, string Message)
{
    /// <inheritdoc />
    public override string ToString() => $"{Option}: {Message}";
}
