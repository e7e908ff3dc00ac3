namespace Gala.Environments;

/// <summary>Where an environment takes its random draws from. Injected, so that a recorded play can be replayed draw by draw.</summary>
public interface IRandomSource
{
    /// <summary>A double in [0, 1).</summary>
    double Uniform();

    /// <summary>An integer v with <paramref name="low"/> ≤ v &lt; <paramref name="high"/>.</summary>
    int UniformInteger(int low, int high);

    /// <summary>Starts the stream anew from <paramref name="seed"/>.</summary>
    void Seed(ulong seed);
}
