namespace Gala.Environments;

/// <summary>One simulator, in Gymnasium's terms. Stepping allocates nothing: observations are written into the caller's memory.</summary>
/// <remarks>Calls come from different threads, one at a time: whichever is free makes the next steps. An environment that must stay on one thread is
/// registered so (<see cref="EnvironmentRegistry"/>).
/// <para>An environment that holds something, such as a process, a file or native memory, implements <see cref="IDisposable"/>. A run makes as
/// many environments as it has simulators and disposes each of them once, however it ends: on a thread of its own, after the threads that
/// played them have ended. What the thread of a step that hangs may still use is disposed by that thread, if it ever ends.</para></remarks>
public interface IEnvironment
{
    /// <summary>Describes what this environment takes and gives. It is the same object for every call; for all environments that are made by one name, it has the same
    /// observation, actions, frame skip and names. What breaks that is refused before training (<see cref="EnvironmentException"/>).</summary>
    EnvironmentSpec Spec { get; }

    /// <summary>Whether a step or a reset may wait for something, such as a sleep, a device, a socket or another process, and not only compute. The
    /// processor then goes to other agents meanwhile. One that waits without saying so is found out, after some steps and on Linux only.</summary>
    bool Blocks => false;

    /// <summary>Starts an episode, going on with the present random stream.</summary>
    /// <param name="observation">Written; length <c>Spec.Observation.Length</c>.</param>
    void Reset(Span<float> observation);

    /// <summary>Starts an episode with the random stream seeded anew: equal seeds and actions give equal episodes.</summary>
    /// <param name="seed">Any 64 bits.</param>
    /// <param name="observation">Written; length <c>Spec.Observation.Length</c>.</param>
    void Reset(ulong seed, Span<float> observation);

    /// <summary>Plays one action.</summary>
    /// <param name="action">In [0, <c>Spec.Actions</c>).</param>
    /// <param name="observation">Written: the observation after the action, also when the episode ends with it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The action is out of range.</exception>
    /// <exception cref="InvalidOperationException">The episode is over, or none was started.</exception>
    StepResult Step(int action, Span<float> observation);
}
