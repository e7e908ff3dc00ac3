namespace Gala.Mpi;

/// <summary>MPI is missing, does not fit, or failed; the message is one line.</summary>
public sealed class MpiException : IOException
{
    /// <summary>With what went wrong and the mend.</summary>
    public MpiException(string message)
        : base(message)
    {
    }
}
