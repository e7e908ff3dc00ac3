namespace Gala.Environments;

/// <summary>Whether an environment can be saved: a wrapper only if what it wraps can.</summary>
internal static class Resumability
{
    public static bool Of(IEnvironment environment) =>
        environment is IConditionallyResumable conditionally ? conditionally.CanResume : environment is IResumable;

    /// <exception cref="NotSupportedException">It cannot.</exception>
    public static IResumable Require(IEnvironment environment) => Of(environment)
        ? (IResumable)environment
        : throw new NotSupportedException($"{environment.Spec.Id} cannot be saved: it, or something in it, is not IResumable.");

    /// <exception cref="NotSupportedException">The source cannot be saved.</exception>
    public static IResumable Require(IRandomSource random, EnvironmentSpec spec) => random as IResumable
        ?? throw new NotSupportedException($"{spec.Id} cannot be saved: its random source {random.GetType().Name} is not IResumable.");
}
