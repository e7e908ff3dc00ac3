namespace Gala.Mpi.Binding;

/// <summary>The files in which an MPI library may be, and who launched this process: both libraries can be installed side by side.</summary>
internal static class LibraryNames
{
    private static readonly string[] OpenMpi = ["libmpi.so.40", "libmpi.so"];
    private static readonly string[] Mpich = ["libmpich.so.12", "libmpi.so.12", "libmpi_intel.so.12", "libmpich.so", "libmpi.so"];

    // Set by mpirun of Open MPI, of MPICH and Intel (PMI), and by srun for either.
    private static readonly string[] OpenMpiSize = ["OMPI_COMM_WORLD_SIZE"];
    private static readonly string[] MpichSize = ["PMI_SIZE"];

    /// <summary>The most likely first; only <see cref="MpiLibrary.Variable"/> if it is set.</summary>
    /// <param name="environment">Value of an environment variable, null if it is not set.</param>
    public static IReadOnlyList<string> InOrder(Func<string, string?> environment)
    {
        if (environment(MpiLibrary.Variable) is { Length: > 0 } named)
        {
            return [named];
        }

        bool isMpich = First(MpichSize, environment) is not null && First(OpenMpiSize, environment) is null;
        return [.. (isMpich ? Mpich.Concat(OpenMpi) : OpenMpi.Concat(Mpich)).Distinct()];
    }

    /// <summary>How many processes the launcher says that it started; null if it says nothing.</summary>
    /// <param name="environment">Value of an environment variable, null if it is not set.</param>
    public static int? Launched(Func<string, string?> environment) =>
        int.TryParse(First(OpenMpiSize, environment) ?? First(MpichSize, environment), out int size) ? size : null;

    private static string? First(string[] names, Func<string, string?> environment) =>
        names.Select(environment).FirstOrDefault(value => value is { Length: > 0 });
}
