namespace Gala.Environments.Tests;

/// <summary>A <see cref="Counter"/> that counts how often it is disposed, and throws then if it is told to.</summary>
internal sealed class Disposed(bool throws = false) : IEnvironment, IDisposable
{
    private readonly Counter _counter = new();

    public int Times { get; private set; }

    public EnvironmentSpec Spec => _counter.Spec;

    public void Reset(Span<float> observation) => _counter.Reset(observation);

    public void Reset(ulong seed, Span<float> observation) => _counter.Reset(seed, observation);

    public StepResult Step(int action, Span<float> observation) => _counter.Step(action, observation);

    public void Dispose()
    {
        Times++;
        if (throws)
        {
            throw new IOException("the socket\nis gone");
        }
    }
}
