using Gala.Environments;

namespace Gala.Runs;

/// <summary>A trained agent that can act, loaded from a run's newest whole checkpoint.</summary>
public sealed class TrainedPolicy : IDisposable
{
    /// <summary>Options of the run that trained the policy.</summary>
    public RunOptions Options => throw new NotImplementedException();

    /// <summary>Frames that the run had at the checkpoint.</summary>
    public long Frames => throw new NotImplementedException();

    /// <summary>Loads the agents' mean, or one agent.</summary>
    /// <exception cref="InvalidRunException">No run, no whole checkpoint, or no such agent.</exception>
    public static TrainedPolicy Load(string directory, int? agent) => throw new NotImplementedException();

    /// <summary>Chooses an action.</summary>
    /// <param name="observation">One observation.</param>
    /// <param name="greedy">The most probable action, instead of a draw from the policy.</param>
    /// <param name="random">Where a draw comes from.</param>
    public int Act(ReadOnlySpan<float> observation, bool greedy, IRandomSource random) => throw new NotImplementedException();

    /// <summary>Probabilities of the actions at the last <see cref="Act"/>, shape [actions].</summary>
    public ReadOnlySpan<float> Probabilities => throw new NotImplementedException();

    /// <summary>The value at the last <see cref="Act"/>.</summary>
    public float Value => throw new NotImplementedException();

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
