using System.Diagnostics;

namespace Gala.Mpi.Tests;

/// <summary>One installed MPI: starts assemblies that lie beside the tests in several processes.</summary>
internal sealed class MpiLauncher
{
    /// <summary>Environment variable that turns skipped tests into failed ones, where MPI is known to be installed.</summary>
    public const string Required = "GALA_REQUIRE_MPI";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly string _file;
    private readonly string[] _arguments;

    private MpiLauncher(string file, string[] arguments) => (_file, _arguments) = (file, arguments);

    /// <summary>What stands before each command.</summary>
    private string[] Wrapper { get; init; } = [];

    /// <summary>The launcher of a library, <c>openmpi</c> or <c>mpich</c>; null where it is not installed.</summary>
    public static MpiLauncher? Find(string library) => library switch
    {
        "openmpi" when FileOf("mpirun.openmpi") is { } file => new MpiLauncher(file, ["--oversubscribe", "--bind-to", "none"]),
        "mpich" when FileOf("mpirun.mpich") is { } file => new MpiLauncher(file, []),
        _ => null,
    };

    /// <summary>The same in the mode in which it lets the others live when a process dies.</summary>
    /// <remarks>MPICH's launcher signals the others, and ends them all the same if it sees how the process ended. UCX ends its process when it cannot
    /// read a dead one's memory (cma), and over TCP now and then by an assertion of its own when the other end is gone.</remarks>
    public static MpiLauncher? FindEnduring(string library) => Find(library) is not { } launcher ? null : library == "openmpi"
        ? new MpiLauncher(launcher._file, [.. launcher._arguments, "--enable-recovery"])
        : new MpiLauncher(launcher._file, [.. launcher._arguments, "-disable-auto-cleanup", "-genv", "UCX_TLS", "posix,sysv,self"])
        {
            Wrapper = ["sh", "-c", "trap '' USR1; \"$@\"; true", "sh"],
        };

    /// <summary>The same with TCP between the processes, as between machines.</summary>
    public static MpiLauncher? FindOverTcp(string library) => Find(library) is not { } launcher ? null : new MpiLauncher(
        launcher._file,
        [.. launcher._arguments, .. library == "openmpi" ? (string[])["--mca", "btl", "tcp,self"] : ["-genv", "UCX_TLS", "tcp,self"]]);

    /// <summary>The same on two machines, one process on each, with TCP between them.</summary>
    public static MpiLauncher? FindBetween(TwoMachines machines, string library) => Find(library) is not { } launcher ? null : library == "openmpi"
        ? new MpiLauncher("env",
        [
            $"{TwoMachines.Variable}={machines.Name}", TwoMachines.Enter, "10.77.0.1", launcher._file, "--host", "10.77.0.1,10.77.0.2", "--bind-to", "none",
            "--mca", "plm_rsh_agent", TwoMachines.Enter, "--mca", "pml", "ob1", "--mca", "btl", "tcp,self",
            "--mca", "btl_tcp_if_include", "10.77.0.0/24", "--mca", "oob_tcp_if_include", "10.77.0.0/24",
        ])
        : new MpiLauncher("env",
        [
            $"{TwoMachines.Variable}={machines.Name}", TwoMachines.Enter, "10.77.0.1", launcher._file, "-launcher", "ssh",
            "-launcher-exec", TwoMachines.Enter, "-hosts", "10.77.0.1,10.77.0.2", "-iface", "gala0",
            "-genv", "UCX_TLS", "tcp,self", "-genv", "UCX_NET_DEVICES", "gala0",
        ]);

    /// <summary>Runs an assembly in several processes to the end.</summary>
    /// <returns>The launcher's exit code, and all lines that were printed.</returns>
    public (int ExitCode, string Output) Run(int processes, params IReadOnlyList<string> command) =>
        RunEach([.. Enumerable.Repeat(command, processes)]);

    /// <summary>The same with a command for each process.</summary>
    public (int ExitCode, string Output) RunEach(params IReadOnlyList<IReadOnlyList<string>> commands)
    {
        ProcessStartInfo start = new(_file, _arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = "1"; // as in a container
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        start.Environment["TERM"] = "dumb";
        for (int process = 0; process < commands.Count; process++)
        {
            string[] separator = process == 0 ? [] : [":"];
            string assembly = Path.Combine(AppContext.BaseDirectory, commands[process][0]);
            foreach (string argument in (string[])[.. separator, "-n", "1", .. Wrapper, "dotnet", assembly, .. commands[process].Skip(1)])
            {
                start.ArgumentList.Add(argument);
            }
        }

        using Process launcher = Process.Start(start)!;
        launcher.StandardInput.Close();
        Task<string> error = launcher.StandardError.ReadToEndAsync();
        Task<string> output = launcher.StandardOutput.ReadToEndAsync();
        if (!launcher.WaitForExit(Patience))
        {
            launcher.Kill(entireProcessTree: true);
            return (-1, $"{_file} did not end in {Patience}"); // who is left of its processes may keep its output open
        }

        return (launcher.ExitCode, output.Result + error.Result);
    }

    private static string? FileOf(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
