namespace Gala.Architectures;

/// <summary>What joins the workers of this process to those of others.</summary>
public interface IProcessExchange : IDisposable
{
    /// <summary>Takes the workers of this process out, so that no other process waits for them. What they may still touch stays in memory until this
    /// object is disposed. Idempotent.</summary>
    void Close();
}
