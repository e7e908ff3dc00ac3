namespace Gala.Runs;

/// <summary>A run that stopped because an agent failed. The command line prints the one line and exits with 1.</summary>
public sealed class TrainingFailedException : Exception
{
    /// <summary>Says which agent failed and why, in one line.</summary>
    public TrainingFailedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
