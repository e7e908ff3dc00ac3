using Gala.Environments;

namespace Gala.Runs;

/// <summary>What a run that is there already plays. The library's user may have registered it, in a program that is not this one.</summary>
internal static class RunEnvironment
{
    /// <summary>Format of observations and actions.</summary>
    /// <param name="options">As the run has them.</param>
    /// <param name="folder">The run's.</param>
    /// <exception cref="InvalidRunException">The environment cannot be made.</exception>
    public static EnvironmentSpec SpecOf(RunOptions options, RunFolder folder)
    {
        RequireRegistered(options.Environment, folder);
        try
        {
            return EnvironmentRegistry.Default.SpecOf(options.Environment);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidRunException($"{OneLine.QuotePath(folder.OptionsFile)}: {OneLine.Message(exception)}", exception);
        }
    }

    /// <summary>Refuses a run of an environment that nobody has registered.</summary>
    /// <exception cref="InvalidRunException">It is of one.</exception>
    public static void RequireRegistered(string environment, RunFolder folder)
    {
        try
        {
            HashSet<string> known = [.. EnvironmentRegistry.Default.List().Select(entry => entry.Id)];
            if (EnvironmentReference.ParseList(environment).FirstOrDefault(reference => !known.Contains(reference.Id)) is { } unknown)
            {
                throw new InvalidRunException($"{OneLine.QuotePath(folder.Path)} is a run of {OneLine.Quote(unknown.Id)}, which is not registered here: it belongs to a "
                    + "program that registers it; use TrainingRun.Resume and Evaluation.Play there");
            }
        }
        catch (ArgumentException exception)
        {
            throw new InvalidRunException($"{OneLine.QuotePath(folder.OptionsFile)}: {OneLine.Message(exception)}", exception);
        }
    }
}
