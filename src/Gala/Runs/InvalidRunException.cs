namespace Gala.Runs;

/// <summary>A run folder, checkpoint or file that cannot be used as asked. The command line prints the one line and exits with 2.</summary>
public sealed class InvalidRunException : Exception
{
    /// <summary>Whether every process of the run throws the same, so that one of them is enough to say it.</summary>
    public bool IsOfAllProcesses { get; init; }

    /// <summary>Folder of the run that is in the way of a new one and could be resumed instead; null where that is not the problem.</summary>
    public string? ExistingRun { get; init; }

    /// <summary>Says what is wrong and the fix, in one line.</summary>
    public InvalidRunException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong and the fix, in one line, and what caused it.</summary>
    public InvalidRunException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
