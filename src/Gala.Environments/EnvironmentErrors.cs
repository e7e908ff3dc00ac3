using System.Diagnostics.CodeAnalysis;

namespace Gala.Environments;

/// <summary>The two ways to misuse an environment, in one wording.</summary>
internal static class EnvironmentErrors
{
    [DoesNotReturn]
    public static void ThrowActionOutOfRange(int action, EnvironmentSpec spec) => throw new ArgumentOutOfRangeException(
        nameof(action), action, $"{spec.Id} has actions 0 to {spec.Actions - 1}.");

    [DoesNotReturn]
    public static void ThrowNotRunning(bool started, EnvironmentSpec spec) => throw new InvalidOperationException(
        started
            ? $"The episode of {spec.Id} is over: call Reset before the next Step."
            : $"{spec.Id} has no episode yet: call Reset first.");
}
