using Gala.Learning;

namespace Gala.Architectures;

/// <summary>What an agent lets others see while it runs. Written by the agent's thread, unless said otherwise; any thread may read.</summary>
/// <remarks>Each number is whole (64-bit reads and writes are atomic), but numbers read together may stem from neighbouring updates.</remarks>
public sealed class AgentProgress
{
    private int _state;
    private bool _isLost; // written by who watches the agent
    private long _updates;
    private double _policyLoss;
    private double _valueLoss;
    private double _entropy;
    private double _explainedVariance;
    private double _gradientNorm;
    private double _largestUpdateNorm;
    private long _refusedUpdates;
    private int _refusedInARow; // for the agent's thread alone

    /// <summary>What the agent is doing; <see cref="AgentState.Failed"/> also while <see cref="IsLost"/>.</summary>
    public AgentState State
    {
        get => IsLost ? AgentState.Failed : (AgentState)Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, (int)value);
    }

    /// <summary>Whether the agent counts as failed because it is silent. Unlike a failure this ends when it gives a sign of life again.</summary>
    public bool IsLost
    {
        get => Volatile.Read(ref _isLost);
        internal set => Volatile.Write(ref _isLost, value);
    }

    /// <summary>Updates done.</summary>
    public long Updates => Volatile.Read(ref _updates);

    /// <summary>Policy loss of the last update.</summary>
    public double PolicyLoss => Volatile.Read(ref _policyLoss);

    /// <summary>Value loss of the last update, mean((R − V)²).</summary>
    public double ValueLoss => Volatile.Read(ref _valueLoss);

    /// <summary>Mean entropy of the policy in the last update, in nats.</summary>
    public double Entropy => Volatile.Read(ref _entropy);

    /// <summary>Explained variance of the last update.</summary>
    public double ExplainedVariance => Volatile.Read(ref _explainedVariance);

    /// <summary>Global norm of the last gradient, before clipping.</summary>
    public double GradientNorm => Volatile.Read(ref _gradientNorm);

    /// <summary>Largest Euclidean norm of a parameter change by the optimiser so far: U of the ε-ball's bound.</summary>
    public double LargestUpdateNorm => Volatile.Read(ref _largestUpdateNorm);

    /// <summary>Updates that were left out because their gradients were not finite; <see cref="Updates"/> counts them too.</summary>
    public long RefusedUpdates => Volatile.Read(ref _refusedUpdates);

    /// <summary>How many of the last updates were refused one after the other. The agent's own thread.</summary>
    public int RefusedInARow => _refusedInARow;

    /// <summary>Takes in an update's statistics; of a refused one only that it was.</summary>
    public void Record(in LearningStatistics statistics)
    {
        if (statistics.IsRefused)
        {
            _refusedInARow++;
            Volatile.Write(ref _refusedUpdates, _refusedUpdates + 1);
            Volatile.Write(ref _updates, _updates + 1);
            return;
        }

        _refusedInARow = 0;
        Volatile.Write(ref _policyLoss, statistics.Loss.PolicyLoss);
        Volatile.Write(ref _valueLoss, statistics.Loss.ValueLoss);
        Volatile.Write(ref _entropy, statistics.Loss.Entropy);
        Volatile.Write(ref _explainedVariance, statistics.Loss.ExplainedVariance);
        Volatile.Write(ref _gradientNorm, statistics.GradientNorm);
        Volatile.Write(ref _largestUpdateNorm, Math.Max(_largestUpdateNorm, statistics.UpdateNorm));
        Volatile.Write(ref _updates, _updates + 1);
    }

    /// <summary>Counts a turn of a worker that does not learn.</summary>
    public void Count() => Volatile.Write(ref _updates, _updates + 1);

    /// <summary>Goes on from an earlier session of the run.</summary>
    public void Restore(long updates, long refusedUpdates, double largestUpdateNorm) =>
        (_updates, _refusedUpdates, _largestUpdateNorm) = (updates, refusedUpdates, largestUpdateNorm);
}
