using System.Reflection;

namespace Gala.Cli;

/// <summary>The version of this build.</summary>
internal static class GalaVersion
{
    /// <summary>Such as <c>0.1.0</c>, without the commit that builds append.</summary>
    public static string Text { get; } = typeof(GalaVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
