using Gala.Environments;
using Gala.Learning;
using Gala.Numerics;

namespace Gala.Architectures.Hts;

/// <summary>One simulator and what travels with it between its executor and the actors. Belongs to whoever holds it.</summary>
/// <param name="simulation">A batch of this simulator alone, since each goes at its own pace; disposed with this object.</param>
/// <param name="index">0 to N − 1.</param>
/// <param name="stateLength">Of the network's memory.</param>
/// <param name="seed">The run's.</param>
/// <param name="answers">Where its executor waits for it.</param>
internal sealed class HtsSimulator(SimulatorBatch simulation, int index, int stateLength, ulong seed, ReadyQueue answers) : IResumable, IDisposable
{
    private readonly float[] _state = new float[stateLength];
    private ulong _sessionSeed = SimulatorBatch.SessionSeed(seed, simulation.FramesBefore);
    private bool _started;

    /// <summary>0 to N − 1.</summary>
    public int Index { get; } = index;

    /// <summary>Where its executor waits for it.</summary>
    public ReadyQueue Answers { get; } = answers;

    /// <summary>Its next step in the interval, 0 to α − 1.</summary>
    public int Step { get; private set; }

    /// <summary>The random number that draws its next action, whichever actor does.</summary>
    public float Uniform { get; private set; }

    /// <summary>Steps that it has played since it was made. Any thread.</summary>
    public long Played => simulation.Played;

    /// <summary>Whether its first step has begun since it was made. Any thread.</summary>
    public bool HasBegun => simulation.HasBegun;

    /// <summary>Its next action, written by an actor.</summary>
    public int Action { get; set; }

    /// <summary>What the network remembers; carried on by actors, cleared where an episode ends.</summary>
    public Span<float> State => _state;

    /// <summary>Gives it up while it hangs. Any thread.</summary>
    public void Abandon() => simulation.Abandon();

    /// <summary>Goes on in another storage, from the observation at the end of the one before.</summary>
    public void Begin(HtsStorage storage, HtsStorage previous)
    {
        Span<float> first = storage.Observation(0, Index);
        if (_started)
        {
            previous.Observation(previous.Rollout.Steps, Index).CopyTo(first);
            if (!Kernels.AllFinite(State))
            {
                State.Clear(); // as after an observation that was not: it would spoil all updates up to the episode's end
            }
        }
        else
        {
            simulation.Reset(first);
            State.Clear();
            _started = true;
        }

        storage.Begin(Index, State);
        Step = 0;
        Ask();
    }

    /// <summary>Plays its action and keeps what came of it. Returns whether the interval goes on.</summary>
    public bool Play(HtsStorage storage)
    {
        Rollout rollout = storage.Rollout;
        int row = storage.RowOf(Step, Index);
        rollout.Actions[row] = Action;
        simulation.Step(
            rollout.Actions.Slice(row, 1),
            storage.Observation(Step + 1, Index),
            rollout.Rewards.Slice(row, 1),
            rollout.Terminated.Slice(row, 1),
            rollout.Truncated.Slice(row, 1));
        if (rollout.Truncated[row])
        {
            storage.KeepLastObservation(Index, simulation.FinalObservations);
        }

        rollout.Ended[row] = rollout.Terminated[row] || rollout.Truncated[row];
        if (rollout.Ended[row])
        {
            State.Clear();
        }

        Step++;
        Ask();
        return Step < rollout.Steps;
    }

    /// <inheritdoc />
    /// <remarks>A simulator that cannot be saved starts anew after a restore.</remarks>
    public void SaveState(BinaryWriter writer)
    {
        bool underWay = _started && simulation.CanResume;
        writer.Write(underWay);
        if (underWay)
        {
            simulation.SaveState(writer);
            StateBytes.Write<float>(writer, _state);
        }
    }

    /// <inheritdoc />
    public void LoadState(BinaryReader reader)
    {
        _started = reader.ReadBoolean();
        if (_started)
        {
            simulation.LoadState(reader);
            _sessionSeed = SimulatorBatch.SessionSeed(seed, simulation.FramesBefore);
            StateBytes.Read<float>(reader, _state);
        }
    }

    /// <inheritdoc />
    public void Dispose() => simulation.Dispose();

    private void Ask() => Uniform = Actor.Draw(_sessionSeed, Index, simulation.Steps);
}
