namespace Gala.Tests.Runs;

/// <summary>A test of something that only Linux can do, skipped elsewhere.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute() => Skip = OperatingSystem.IsLinux() ? null : "Only Linux tells where an open file is now.";
}
