using Gala.Cli.Display;
using Gala.Environments;
using Gala.Runs;

namespace Gala.Cli;

/// <summary>Turns every failure into lines on standard error and an exit code.</summary>
internal static class ErrorReport
{
    public const int Failed = 1;
    public const int Refused = 2;

    /// <summary>One line for each thing that is wrong; the stack trace only if <paramref name="verbose"/>.</summary>
    public static int Write(TextWriter error, Exception exception, bool verbose)
    {
        foreach (string line in LinesOf(exception))
        {
            WriteLine(error, line);
        }

        if (verbose)
        {
            error.WriteLine(exception);
        }

        return exception is InvalidOptionsException or InvalidRunException or EnvironmentException ? Refused : Failed;
    }

    /// <summary>One line, whatever the text holds: what a user typed comes back in messages.</summary>
    public static void WriteLine(TextWriter error, string text) => error.WriteLine($"error: {PlainText.Line(text)}");

    private static IEnumerable<string> LinesOf(Exception exception) => exception switch
    {
        InvalidOptionsException invalid => invalid.Problems.Select(problem => problem.ToString()),
        InvalidRunException { ExistingRun: { } directory } =>
            [$"--run: there is a run in '{directory}'; choose another folder, or go on with it: gala resume {ShellText.Quote(directory)}"],
        InvalidRunException or EnvironmentException or TrainingFailedException or IOException or UnauthorizedAccessException
            or InvalidDataException => [exception.Message],
        _ => [$"{exception.Message} ({exception.GetType().Name}; --verbose shows where)"],
    };
}
