namespace Gala.Cli.Tests;

/// <summary>A test that sends signals and starts processes by a shell.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no such signals and no sh." : null;
}
