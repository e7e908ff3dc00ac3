namespace Gala.Mpi;

/// <summary>Something that goes on between processes, moved on by one thread at a time (<see cref="MpiThread"/>).</summary>
internal interface IMpiActivity
{
    /// <summary>Does what can be done now. Never waits.</summary>
    /// <returns>Whether anything happened.</returns>
    bool Advance();

    /// <summary>Lets nobody wait any more: MPI has failed.</summary>
    void Break();
}
