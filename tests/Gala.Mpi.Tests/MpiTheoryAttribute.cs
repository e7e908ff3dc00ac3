namespace Gala.Mpi.Tests;

/// <summary>A test that is skipped, visibly, where its MPI library is not installed, unless <see cref="MpiLauncher.Required"/> is set.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MpiTheoryAttribute : TheoryAttribute
{
    public MpiTheoryAttribute(string library)
    {
        Library = library;
        if (MpiLauncher.Find(library) is null && Environment.GetEnvironmentVariable(MpiLauncher.Required) is not { Length: > 0 })
        {
            Skip = $"No mpirun.{library}: install {(library == "mpich" ? "mpich" : "openmpi-bin")}.";
        }
    }

    public string Library { get; }
}
