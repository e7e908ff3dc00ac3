using System.Reflection;

namespace Gala.Runs;

/// <summary>The version of this library, as in the package and in <c>summary.json</c>.</summary>
public static class GalaVersion
{
    /// <summary>Such as <c>0.1.0</c>, without the build's suffix.</summary>
    public static string Current { get; } =
        typeof(GalaVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0.0";
}
