namespace Gala.Learning;

/// <summary>What a loss was made of, each a mean over the rows of one update.</summary>
/// <param name="PolicyLoss">−mean(A log π(a|s)).</param>
/// <param name="ValueLoss">mean((R − V)²), unweighted.</param>
/// <param name="Entropy">mean(H(π)), in nats.</param>
/// <param name="ExplainedVariance">1 − Var(R − V) / Var(R): 1 is a perfect critic, 0 one that knows no more than the mean; 0 also where
/// all returns are equal, since there is nothing to explain.</param>
/// <param name="MeanValue">mean(V).</param>
public readonly record struct LossStatistics(
    double PolicyLoss, double ValueLoss, double Entropy, double ExplainedVariance, double MeanValue);
