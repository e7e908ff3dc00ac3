namespace Gala.Mpi.Tests;

/// <summary>A test on two machines with a network between them, skipped, visibly, where that cannot be had: without root, /dev/net/tun, ip, Python, MPI.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkTheoryAttribute : TheoryAttribute
{
    private static readonly Lazy<string?> Why = new(TwoMachines.WhyNot);

    public NetworkTheoryAttribute(string library)
    {
        Library = library;
        Skip = MpiLauncher.Find(library) is null ? $"No mpirun.{library}." : Why.Value;
    }

    public string Library { get; }
}
