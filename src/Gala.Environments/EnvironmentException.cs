using System.Reflection;
using System.Text;

namespace Gala.Environments;

/// <summary>An environment that cannot be used: it cannot be made, breaks a promise of <see cref="IEnvironment"/>, or threw when it was disposed.
/// The command line prints the one line and exits with 2.</summary>
public sealed class EnvironmentException : Exception
{
    private const int LongestReason = 300;

    /// <summary>Says which environment, what is wrong with it and the fix, in one line.</summary>
    public EnvironmentException(string message)
        : base(message)
    {
    }

    /// <summary>Says which environment, what is wrong with it and the fix, in one line, and what caused it.</summary>
    public EnvironmentException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes one of whatever an environment threw.</summary>
    /// <param name="environment">Id of the environment, with its options if they are known.</param>
    /// <param name="what">Fault of the environment, to be followed by the reason, such as <c>cannot be made</c>.</param>
    /// <param name="reason">Exception that the environment threw.</param>
    internal static EnvironmentException Of(string environment, string what, Exception reason) =>
        new($"Environment '{environment}' {what}: {ReasonOf(reason)}", reason);

    /// <summary>The message of an exception in one line, without the parameter's name that .NET adds.</summary>
    internal static string ReasonOf(Exception reason)
    {
        while (reason is TypeInitializationException or TargetInvocationException && reason.InnerException is { } inner)
        {
            reason = inner; // these two say no more than that there is another one
        }

        string message = MessageOf(reason);
        int parameter = reason is ArgumentException ? message.IndexOf(" (Parameter '", StringComparison.Ordinal) : -1;
        message = parameter < 0 ? message : message[..parameter];
        StringBuilder line = new();
        foreach (char character in message.AsSpan(0, Math.Min(message.Length, LongestReason)))
        {
            _ = line.Append(char.IsControl(character) || character is '\u2028' or '\u2029' ? ' ' : character);
        }

        return line.Append(message.Length > LongestReason ? "…" : "").ToString();
    }

    /// <summary>The message; the type's name where that throws or is null, since exceptions are the user's code too.</summary>
    private static string MessageOf(Exception reason)
    {
        try
        {
            return reason.Message ?? reason.GetType().Name;
        }
#pragma warning disable CA1031 // whatever it throws, there is a first exception to tell of
        catch (Exception)
#pragma warning restore CA1031
        {
            return reason.GetType().Name;
        }
    }
}
