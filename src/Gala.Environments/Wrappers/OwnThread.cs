using System.Runtime.ExceptionServices;

namespace Gala.Environments;

/// <summary>Makes another environment on a thread of its own, and has all its calls made there, from its constructor to its disposal: for a simulator
/// that must stay on one thread.</summary>
/// <remarks>Each call goes to that thread and back, which takes some ten microseconds, and waits for it meanwhile.</remarks>
public sealed class OwnThread : IEnvironment, IConditionallyResumable, IDisposable
{
    private readonly SemaphoreSlim _asked = new(0);
    private readonly SemaphoreSlim _answered = new(0);
    private readonly Action _step;
    private readonly Action _reset;
    private readonly Action _resetWithSeed;
    private readonly Thread _thread;
    private readonly IEnvironment _inner;
    private readonly float[] _observation;
    private readonly bool _canResume;
    private Action? _call; // what the thread is to do next; null: to end. Handed over by the semaphores, as is all below
    private ExceptionDispatchInfo? _failure;
    private int _action;
    private ulong _seed;
    private StepResult _result;
    private bool _isDisposed;

    /// <summary>Starts the thread and makes the environment there.</summary>
    /// <param name="create">Makes the environment.</param>
    public OwnThread(Func<IEnvironment> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        _thread = new Thread(Serve) { Name = "simulator", IsBackground = true };
        _thread.Start();
        IEnvironment? made = null;
        EnvironmentSpec? spec = null;
        try
        {
            Call(() =>
            {
                made = create();
                spec = made?.Spec;
            });
            _inner = made ?? throw new ArgumentException("The factory gave null, expected an environment.", nameof(create));
            Spec = spec ?? throw new ArgumentException("The environment's Spec is null.", nameof(create));
        }
        catch
        {
            End();
            throw;
        }

        _canResume = Resumability.Of(_inner);
        _observation = new float[Math.Max(0, Spec.Observation.Length)];
        _step = () => _result = _inner.Step(_action, _observation);
        _reset = () => _inner.Reset(_observation);
        _resetWithSeed = () => _inner.Reset(_seed, _observation);
    }

    /// <inheritdoc />
    /// <remarks>As it was when the environment was made.</remarks>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc />
    public bool Blocks => true;

    bool IConditionallyResumable.CanResume => _canResume;

    /// <inheritdoc />
    public void Reset(Span<float> observation)
    {
        Call(_reset);
        _observation.CopyTo(observation);
    }

    /// <inheritdoc />
    public void Reset(ulong seed, Span<float> observation)
    {
        _seed = seed;
        Call(_resetWithSeed);
        _observation.CopyTo(observation);
    }

    /// <inheritdoc />
    public StepResult Step(int action, Span<float> observation)
    {
        _action = action;
        Call(_step);
        _observation.CopyTo(observation);
        return _result;
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The environment is not <see cref="IResumable"/>.</exception>
    public void SaveState(BinaryWriter writer) => Call(() => Resumability.Require(_inner).SaveState(writer));

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">The environment is not <see cref="IResumable"/>.</exception>
    public void LoadState(BinaryReader reader) => Call(() => Resumability.Require(_inner).LoadState(reader));

    /// <summary>Disposes the environment if it is <see cref="IDisposable"/>, on its thread, and ends that.</summary>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        try
        {
            Call(() => (_inner as IDisposable)?.Dispose());
        }
        finally
        {
            End();
        }
    }

    private void Call(Action call)
    {
        _call = call;
        _asked.Release();
        _answered.Wait();
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    private void End()
    {
        _call = null;
        _asked.Release();
        _thread.Join();
        _asked.Dispose();
        _answered.Dispose();
    }

    private void Serve()
    {
        _asked.Wait();
        while (_call is { } call)
        {
            try
            {
                call();
            }
#pragma warning disable CA1031 // thrown again by the thread that called
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = ExceptionDispatchInfo.Capture(exception);
            }

            _answered.Release();
            _asked.Wait();
        }
    }
}
