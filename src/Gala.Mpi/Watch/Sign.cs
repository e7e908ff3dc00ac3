namespace Gala.Mpi.Watch;

/// <summary>What a process tells the others of itself.</summary>
internal enum Sign : byte
{
    /// <summary>It goes on.</summary>
    Alive,

    /// <summary>It is at its end, and all others were there to the last.</summary>
    Leaves,

    /// <summary>It is at its end, and a process is gone: nobody can end MPI in order.</summary>
    LeavesAfterLoss,
}
