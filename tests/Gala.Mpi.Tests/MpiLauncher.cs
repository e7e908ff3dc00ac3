using System.Diagnostics;

namespace Gala.Mpi.Tests;

/// <summary>One installed MPI: starts assemblies that lie beside the tests in several processes.</summary>
internal sealed class MpiLauncher
{
    /// <summary>Environment variable that turns skipped tests into failed ones, where MPI is known to be installed.</summary>
    public const string Required = "GALA_REQUIRE_MPI";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly string _file;
    private readonly string[] _arguments;

    private MpiLauncher(string file, string[] arguments) => (_file, _arguments) = (file, arguments);

    /// <summary>The launcher of a library, <c>openmpi</c> or <c>mpich</c>; null where it is not installed.</summary>
    public static MpiLauncher? Find(string library) => library switch
    {
        "openmpi" when FileOf("mpirun.openmpi") is { } file => new MpiLauncher(file, ["--oversubscribe", "--bind-to", "none"]),
        "mpich" when FileOf("mpirun.mpich") is { } file => new MpiLauncher(file, []),
        _ => null,
    };

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
            foreach (string argument in (string[])[.. separator, "-n", "1", "dotnet", assembly, .. commands[process].Skip(1)])
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
        }

        return (launcher.ExitCode, output.Result + error.Result);
    }

    private static string? FileOf(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
