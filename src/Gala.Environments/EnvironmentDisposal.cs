namespace Gala.Environments;

/// <summary>Disposes environments, whatever they throw.</summary>
internal static class EnvironmentDisposal
{
    /// <summary>Disposes an environment that is <see cref="IDisposable"/>; returns what is to be said if it threw, else null.</summary>
    /// <param name="environment">Any environment.</param>
    /// <param name="id">Its id, for the message.</param>
    public static EnvironmentException? Try(IEnvironment environment, string id)
    {
        try
        {
            (environment as IDisposable)?.Dispose();
            return null;
        }
#pragma warning disable CA1031 // one that throws must not keep others from being disposed, nor hide why they are
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return EnvironmentException.Of(id, "threw when it was disposed", exception);
        }
    }

    /// <summary>Disposes what was made before something went wrong, which is what matters: what disposing throws is ignored.</summary>
    public static void Undo(IEnumerable<IEnvironment?> environments)
    {
        foreach (IEnvironment? environment in environments)
        {
            if (environment is not null)
            {
                _ = Try(environment, "");
            }
        }
    }
}
