using System.CommandLine;

namespace Gala.Cli.Commands;

/// <summary>A command: what it takes, how it is explained, and what it does.</summary>
internal abstract class GalaCommand(string name, string description) : Command(name, description)
{
    /// <summary>Whole command lines that can be typed as they stand.</summary>
    public abstract IReadOnlyList<string> Examples { get; }

    /// <summary>What help says below the options, a line each.</summary>
    public virtual IReadOnlyList<string> Notes => [];

    /// <summary>Whether the result is in files, so that nothing is lost if it cannot be printed.</summary>
    public virtual bool LeavesFiles => false;

    /// <summary>Does it.</summary>
    /// <returns>The exit code.</returns>
    public abstract int Execute(Invocation invocation);

    protected static Argument<string> RunFolder() => new("DIR")
    {
        Description = "Folder of the run",
        HelpName = "DIR",
        Arity = ArgumentArity.ExactlyOne,
    };
}
