namespace Gala.Environments;

public sealed partial class SimulatorBatch : IDisposable
{
    private bool _isDisposed; // by whichever thread comes first

    /// <summary>Hears of every environment that throws when it is disposed, on the thread that disposes; null: <see cref="Dispose"/> throws the first.</summary>
    public Action<EnvironmentException>? NotDisposed { get; init; }

    /// <summary>Disposes every environment that is <see cref="IDisposable"/>, also after one that throws. Any thread, once the batch steps no more;
    /// again, it does nothing.</summary>
    /// <exception cref="EnvironmentException">An environment threw, and nobody hears <see cref="NotDisposed"/>.</exception>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        EnvironmentException? first = null;
        foreach ((int index, IEnvironment environment) in _environments.Index())
        {
            if (EnvironmentDisposal.Try(environment, _specs[index].Id) is { } failure)
            {
                NotDisposed?.Invoke(failure);
                first ??= failure;
            }
        }

        if (first is not null && NotDisposed is null)
        {
            throw first;
        }
    }
}
