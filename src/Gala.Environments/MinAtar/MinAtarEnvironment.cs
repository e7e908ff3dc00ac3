using Gala.Numerics;

namespace Gala.Environments.MinAtar;

/// <summary>A MinAtar game with sticky actions. Observations are 10 × 10 × channels zeros and ones.</summary>
public sealed class MinAtarEnvironment : IEnvironment, IConditionallyResumable
{
    private readonly StickyPlay _play;
    private readonly IRandomSource _random;
    private readonly int[] _actionIds;
    private bool _started;

    /// <summary>A game that draws from <paramref name="random"/>; <see cref="Reset(Span{float})"/> starts the first episode.</summary>
    /// <param name="options">Which game, and how it is played.</param>
    /// <param name="random">The only source of chance. Saving the environment's state needs it to be <see cref="IResumable"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The game is unknown or the sticky probability is outside [0, 1].</exception>
    public MinAtarEnvironment(MinAtarOptions options, IRandomSource random)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (!Enum.IsDefined(options.Game))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Game, "The game must be one of the five of MinAtar.");
        }

        if (!(options.StickyProbability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.StickyProbability, "The sticky probability must be from 0 to 1.");
        }

        GameDescription description = GameDescription.Of(options.Game);
        _random = random;
        _play = new StickyPlay(description.Create(options.DifficultyRamping), options.StickyProbability, random);
        _actionIds = options.MinimalActions ? description.MinimalActions : [0, 1, 2, 3, 4, 5];
        Spec = new EnvironmentSpec
        {
            Id = "minatar/" + description.Name,
            Observation = new TensorShape(Board.Size, Board.Size, description.Channels),
            Actions = _actionIds.Length,
            ActionNames = Array.AsReadOnly(Array.ConvertAll(_actionIds, id => GameDescription.ActionNames[id])),
            ChannelNames = Array.AsReadOnly(description.ChannelNames),
            RewardRange = (0, description.HighestReward),
        };
    }

    /// <inheritdoc />
    public EnvironmentSpec Spec { get; }

    bool IConditionallyResumable.CanResume => _random is IResumable;

    /// <inheritdoc />
    /// <remarks>The action played last before the reset may still stick in the new episode's first step.</remarks>
    public void Reset(Span<float> observation)
    {
        _play.Reset();
        _started = true;
        _play.Observe(observation[..Spec.Observation.Length]);
    }

    /// <inheritdoc />
    /// <remarks>As if the environment were new: no action is remembered to stick.</remarks>
    public void Reset(ulong seed, Span<float> observation)
    {
        _random.Seed(seed);
        _play.ForgetAction();
        Reset(observation);
    }

    /// <inheritdoc />
    public StepResult Step(int action, Span<float> observation)
    {
        if ((uint)action >= (uint)_actionIds.Length)
        {
            EnvironmentErrors.ThrowActionOutOfRange(action, Spec);
        }

        if (_play.Terminal || !_started)
        {
            EnvironmentErrors.ThrowNotRunning(_started, Spec);
        }

        int reward = _play.Act(_actionIds[action]);
        _play.Observe(observation[..Spec.Observation.Length]);
        return new StepResult(reward, _play.Terminal, Truncated: false);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The random source cannot be saved.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable random = Resumability.Require(_random, Spec);
        writer.Write(Spec.Id);
        writer.Write(_started);
        _play.SaveState(writer);
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
            _started = source.ReadBoolean();
            _play.LoadState(source);
            random.LoadState(source);
        });
    }
}
