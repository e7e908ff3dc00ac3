using Gala.Numerics;

namespace Gala.Environments.Memory;

/// <summary>A cue at the start of a corridor says which of two actions is right at its end.</summary>
/// <remarks>
/// <para>Source: the T-maze of Bakker 2001, Reinforcement Learning with Long Short-Term Memory, cut down to the memory: every step goes
/// one cell on whatever the action is, so that nothing but the agent can keep the cue.</para>
/// <para>The last observation, at the junction, does not depend on the cue, and both cues are equally likely: whatever a policy without
/// memory does there, its mean return is 0. With memory it is 1.</para>
/// </remarks>
public sealed class Cue : IEnvironment, IConditionallyResumable
{
    /// <summary>Cells from the cue to the junction, unless another length is given.</summary>
    public const int DefaultLength = 10;

    private const int CorridorChannel = 2;
    private const int JunctionChannel = 3;

    private readonly IRandomSource _random;
    private readonly int _length;
    private int _cue;
    private int _cell;
    private bool _running;
    private bool _started;

    /// <summary>A corridor that draws its cues from <paramref name="random"/>.</summary>
    /// <param name="random">Where the cues come from. Saving the state needs it to be <see cref="IResumable"/>.</param>
    /// <param name="length">Cells from the cue to the junction, at least 1; an episode has one step more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is less than 1.</exception>
    public Cue(IRandomSource random, int length = DefaultLength)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        (_random, _length) = (random, length);
    }

    /// <inheritdoc />
    public EnvironmentSpec Spec { get; } = new()
    {
        Id = "memory/cue",
        Observation = TensorShape.Vector(4),
        Actions = 2,
        ActionNames = ["left", "right"],
        ChannelNames = ["cue_left", "cue_right", "corridor", "junction"],
        RewardRange = (-1, 1),
    };

    bool IConditionallyResumable.CanResume => _random is IResumable;

    /// <inheritdoc />
    /// <remarks>Draws the cue.</remarks>
    public void Reset(Span<float> observation)
    {
        _cue = _random.UniformInteger(0, 2);
        _cell = 0;
        (_running, _started) = (true, true);
        Observe(observation);
    }

    /// <inheritdoc />
    public void Reset(ulong seed, Span<float> observation)
    {
        _random.Seed(seed);
        Reset(observation);
    }

    /// <inheritdoc />
    /// <remarks>1 for the cue's action at the junction, −1 for the other; 0 on the way.</remarks>
    public StepResult Step(int action, Span<float> observation)
    {
        if ((uint)action > 1)
        {
            EnvironmentErrors.ThrowActionOutOfRange(action, Spec);
        }

        if (!_running)
        {
            EnvironmentErrors.ThrowNotRunning(_started, Spec);
        }

        _running = _cell < _length;
        _cell += _running ? 1 : 0;
        Observe(observation);
        return _running ? new StepResult(0, false, false) : new StepResult(action == _cue ? 1 : -1, Terminated: true, Truncated: false);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The random source cannot be saved.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable random = Resumability.Require(_random, Spec);
        writer.Write(Spec.Id);
        writer.Write(_cue);
        writer.Write(_cell);
        writer.Write(_running);
        writer.Write(_started);
        random.SaveState(writer);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The random source cannot be restored.</exception>
    public void LoadState(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        IResumable random = Resumability.Require(_random, Spec);
        StateReading.Guard(reader, Spec.Id, source =>
        {
            source.ExpectName(Spec.Id);
            _cue = source.ReadBetween(0, 1, "the cue");
            _cell = source.ReadBetween(0, _length, "the cell");
            _running = source.ReadBoolean();
            _started = source.ReadBoolean();
            random.LoadState(source);
        });
    }

    private void Observe(Span<float> observation)
    {
        observation[..Spec.Observation.Length].Clear();
        observation[_cell == 0 ? _cue : _cell < _length ? CorridorChannel : JunctionChannel] = 1;
    }
}
