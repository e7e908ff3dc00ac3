using Gala.Numerics;

namespace Gala.Environments.ClassicControl;

/// <summary>A pole on a cart: push the cart to the left (0) or to the right (1) so that the pole stays up.</summary>
/// <remarks>Sources: Barto, Sutton and Anderson, "Neuronlike adaptive elements that can solve difficult learning control problems",
/// 1983, without friction; constants, Euler step and limits of Gymnasium's CartPole-v1. Double precision; the observation is rounded
/// to single. Reward 1 for every step, the last one included.</remarks>
public sealed class CartPole : IEnvironment, IConditionallyResumable
{
    /// <summary>Steps of the longest episode, unless another limit is given.</summary>
    public const int DefaultLimit = 500;

    private const double Gravity = 9.8;
    private const double CartMass = 1.0;
    private const double PoleMass = 0.1;
    private const double TotalMass = CartMass + PoleMass;
    private const double HalfLength = 0.5;
    private const double PoleMoment = PoleMass * HalfLength;
    private const double Force = 10.0;
    private const double SecondsPerStep = 0.02;
    private const double PositionLimit = 2.4;
    private const double AngleLimit = 12 * 2 * Math.PI / 360;
    private const double StartRange = 0.05;

    private readonly IRandomSource _random;
    private readonly int _limit;
    private double _position;
    private double _velocity;
    private double _angle;
    private double _angularVelocity;
    private int _elapsed;
    private bool _running;
    private bool _started;

    /// <summary>A cart that draws its starts from <paramref name="random"/>.</summary>
    /// <param name="random">Where the starts come from. Saving the state needs it to be <see cref="IResumable"/>.</param>
    /// <param name="limit">Steps after which an episode is truncated, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is less than 1.</exception>
    public CartPole(IRandomSource random, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        (_random, _limit) = (random, limit);
    }

    /// <inheritdoc />
    public EnvironmentSpec Spec { get; } = new()
    {
        Id = "classic/cartpole",
        Observation = TensorShape.Vector(4),
        Actions = 2,
        ActionNames = ["left", "right"],
        ChannelNames = ["position", "velocity", "angle", "angular_velocity"],
        RewardRange = (1, 1),
    };

    bool IConditionallyResumable.CanResume => _random is IResumable;

    /// <inheritdoc />
    /// <remarks>Draws the four numbers of the state uniformly from [−0.05, 0.05), in the order of the observation.</remarks>
    public void Reset(Span<float> observation)
    {
        _position = DrawStart();
        _velocity = DrawStart();
        _angle = DrawStart();
        _angularVelocity = DrawStart();
        _elapsed = 0;
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

        Move(action == 1 ? Force : -Force);
        _elapsed++;
        bool fell = Math.Abs(_position) > PositionLimit || Math.Abs(_angle) > AngleLimit;
        bool truncated = !fell && _elapsed >= _limit;
        _running = !fell && !truncated;
        Observe(observation);
        return new StepResult(1, fell, truncated);
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The random source cannot be saved.</exception>
    public void SaveState(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IResumable random = Resumability.Require(_random, Spec);
        writer.Write(Spec.Id);
        writer.Write(_position);
        writer.Write(_velocity);
        writer.Write(_angle);
        writer.Write(_angularVelocity);
        writer.Write(_elapsed);
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
            _position = source.ReadDouble();
            _velocity = source.ReadDouble();
            _angle = source.ReadDouble();
            _angularVelocity = source.ReadDouble();
            _elapsed = source.ReadBetween(0, _limit, "the steps of the episode");
            _running = source.ReadBoolean();
            _started = source.ReadBoolean();
            random.LoadState(source);
        });
    }

    /// <summary>One Euler step under a force in newtons; positions move with the velocities of before the step.</summary>
    private void Move(double force)
    {
        (double sine, double cosine) = (Math.Sin(_angle), Math.Cos(_angle));
        double drive = (force + (PoleMoment * _angularVelocity * _angularVelocity * sine)) / TotalMass;
        double angularAcceleration = ((Gravity * sine) - (cosine * drive))
            / (HalfLength * ((4.0 / 3.0) - (PoleMass * cosine * cosine / TotalMass)));
        double acceleration = drive - (PoleMoment * angularAcceleration * cosine / TotalMass);
        _position += SecondsPerStep * _velocity;
        _velocity += SecondsPerStep * acceleration;
        _angle += SecondsPerStep * _angularVelocity;
        _angularVelocity += SecondsPerStep * angularAcceleration;
    }

    private void Observe(Span<float> observation)
    {
        observation[3] = (float)_angularVelocity; // the last first: one bounds check
        observation[0] = (float)_position;
        observation[1] = (float)_velocity;
        observation[2] = (float)_angle;
    }

    private double DrawStart() => ((2 * _random.Uniform()) - 1) * StartRange;
}
