using System.CommandLine;
using System.CommandLine.Parsing;
using Gala.Cli.Commands;
using Gala.Runs;

namespace Gala.Cli;

/// <summary>The command <c>gala</c>: from arguments to an exit code.</summary>
internal static class GalaApplication
{
    /// <summary>Runs a command line to its end.</summary>
    /// <returns>0: done; 1: the run failed, or the output that is a command's result could not be written; 2: something was asked for that cannot be;
    /// 129, 130, 143: interrupted by SIGHUP, SIGINT, SIGTERM.</returns>
    public static int Run(IReadOnlyList<string> arguments, GalaConsole console, RunServices? services = null)
    {
        GalaRootCommand root = new();
        // Neither bundles of short options nor @files: a path or a name is never taken for something else.
        ParserConfiguration configuration = new() { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
        ParseResult parse = root.Parse(arguments, configuration);
        Invocation invocation = new(parse, console, services ?? new RunServices());
        try
        {
            return Finish(Dispatch(root, invocation), invocation, root);
        }
#pragma warning disable CA1031 // the one place where every failure becomes a line and an exit code
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return ErrorReport.Write(console.Error, exception, invocation.Has(root.Verbose));
        }
    }

    /// <summary>A run is in its folder whoever read about it; of other commands nothing is left but what they print.</summary>
    private static int Finish(int exitCode, Invocation invocation, GalaRootCommand root)
    {
        if (invocation.Console.OutputFailure is not { } failure)
        {
            return exitCode;
        }

        ErrorReport.WriteLine(invocation.Console.Error, $"standard output could not be written: {failure}");
        bool leavesFiles = ((GalaCommand)invocation.Parse.CommandResult.Command).LeavesFiles && !invocation.Has(root.Help) && !invocation.Has(root.Version);
        return exitCode == 0 && !leavesFiles ? ErrorReport.Failed : exitCode;
    }

    private static int Dispatch(GalaRootCommand root, Invocation invocation)
    {
        GalaCommand command = (GalaCommand)invocation.Parse.CommandResult.Command;
        if (invocation.Has(root.Help))
        {
            HelpPage.Write(invocation.Console.Out, command, PathTo(invocation.Parse.CommandResult), invocation.Console.Width);
            return 0;
        }

        if (invocation.Has(root.Version))
        {
            invocation.Console.Out.WriteLine($"gala {GalaVersion.Current}");
            return 0;
        }

        return command.Execute(invocation);
    }

    private static string PathTo(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathTo(parent)} {result.Command.Name}" : result.Command.Name;
}
