namespace Gala.Architectures;

/// <summary>Where actors get the learner's newest parameters. Nothing here waits. Any thread.</summary>
public interface IParameterSource
{
    /// <summary>Whether there are parameters to copy, or never will be any: those of a learner in another process take their time at first.</summary>
    bool IsReady => true;

    /// <summary>Called, by any thread, when there may be parameters for the first time. Before the first use; for each actor.</summary>
    Action? WakeUp
    {
        set
        {
        }
    }

    /// <summary>Copies the newest parameters.</summary>
    /// <param name="destination">Written whole; left as it is where there never were any.</param>
    /// <returns>Updates that they have seen.</returns>
    long Pull(Span<float> destination);
}
