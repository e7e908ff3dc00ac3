namespace Gala.Mpi.Tests;

/// <summary>Runs the programs of Gala.Mpi.Programs under each launcher.</summary>
public sealed class ProcessesTests
{
    private static readonly string[] Groups =
    [
        "ring latest leave whole allocate poison short",
        "gossip push-sum",
        "stream stream-wait stream-close stream-allocate",
        "gather reduce-1 reduce-2 reduce-3 reduce-stop",
    ];

    public static IEnumerable<object[]> Programs =>
        from programs in Groups
        from processes in (int[])[2, 3, 4]
        select new object[] { programs, processes };

    [MpiTheory("openmpi"), MemberData(nameof(Programs))]
    public void OpenMpi_SeveralProcesses_KeepTheContract(string programs, int processes) => Check("openmpi", programs, processes);

    [MpiTheory("mpich"), MemberData(nameof(Programs))]
    public void Mpich_SeveralProcesses_KeepTheContract(string programs, int processes) => Check("mpich", programs, processes);

    private static void Check(string library, string programs, int processes)
    {
        MpiLauncher launcher = MpiLauncher.Find(library) ?? throw new InvalidOperationException($"mpirun.{library} is required and not installed");
        string[] names = programs.Split(' ');
        (int exitCode, string output) = launcher.Run(processes, ["Gala.Mpi.Programs.dll", .. names]);
        Assert.True(exitCode == 0, output);
        Assert.All(names, name => Assert.Equal(processes, output.Split('\n').Count(line => line.Contains($"ok {name} ", StringComparison.Ordinal))));
    }
}
