using System.CommandLine;

namespace Gala.Cli.Commands;

/// <summary>An option that is there or not.</summary>
internal sealed class SwitchOption : Option<bool>
{
    public SwitchOption(string name, string description, params string[] aliases)
        : base(name, aliases)
    {
        Description = description;
        Arity = ArgumentArity.Zero;
    }
}
