namespace Gala.Runs;

/// <summary>Settings that cannot be run. All problems are reported together; the command line prints one line each and exits with 2.</summary>
public sealed class InvalidOptionsException : Exception
{
    /// <summary>Says what is wrong.</summary>
    public InvalidOptionsException(IReadOnlyList<OptionProblem> problems)
        : base(string.Join(System.Environment.NewLine, problems)) => Problems = problems;

    /// <summary>What is wrong, in the order of the options.</summary>
    public IReadOnlyList<OptionProblem> Problems { get; }
}
