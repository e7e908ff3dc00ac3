namespace Gala.Mpi;

/// <summary>Something that goes on between processes, moved on by the communication thread alone.</summary>
internal interface IMpiActivity
{
    /// <summary>Does what can be done now. Never waits.</summary>
    /// <returns>Whether anything happened.</returns>
    bool Advance();

    /// <summary>Lets nobody wait any more: MPI has failed.</summary>
    void Break();
}
