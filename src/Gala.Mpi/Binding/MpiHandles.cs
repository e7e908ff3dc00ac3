namespace Gala.Mpi.Binding;

/// <summary>The constants of mpi.h, whose values are each library's own.</summary>
/// <remarks>Open MPI's are addresses of its own objects; the family of MPICH (with Intel MPI and Cray MPICH) has fixed numbers, the same since
/// its common ABI of 2013. A number in place of a pointer is passed in the same register by the calling conventions of 64-bit Linux, so one
/// signature serves both.</remarks>
/// <param name="World"><c>MPI_COMM_WORLD</c>.</param>
/// <param name="Byte"><c>MPI_BYTE</c>.</param>
/// <param name="ErrorsReturn"><c>MPI_ERRORS_RETURN</c>.</param>
internal sealed record MpiHandles(nint World, nint Byte, nint ErrorsReturn)
{
    private static readonly MpiHandles Mpich = new(0x44000000, 0x4c00010d, 0x54000001);

    /// <summary>Those of a library.</summary>
    public static MpiHandles Of(SharedObject library) => library.Has("ompi_mpi_comm_world")
        ? new MpiHandles(library.Address("ompi_mpi_comm_world"), library.Address("ompi_mpi_byte"), library.Address("ompi_mpi_errors_return"))
        : Mpich;
}
