namespace Gala.Experiments;

/// <summary>Figures that sum up the scores of many runs.</summary>
internal static class Aggregate
{
    private const double Cut = 0.25; // of the weight, at each end

    /// <summary>The mean.</summary>
    public static double Mean(ReadOnlySpan<double> sorted, ReadOnlySpan<double> weights)
    {
        (double sum, double total) = (0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            sum += weights[i] * sorted[i];
            total += weights[i];
        }

        return sum / total;
    }

    /// <summary>The interquartile mean (IQM): the mean of the middle half of the weight. A score at a cut counts with the part of its weight
    /// that is inside, so that any number of runs will do.</summary>
    /// <remarks>Source: Agarwal, Schwarzer, Castro, Courville, Bellemare, "Deep reinforcement learning at the edge of the statistical
    /// precipice", NeurIPS 2021, arXiv 2108.13264, section 4.3.</remarks>
    public static double InterquartileMean(ReadOnlySpan<double> sorted, ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        (double from, double to) = (Cut * total, (1 - Cut) * total);
        (double below, double sum, double inside) = (0, 0, 0);
        for (int i = 0; i < sorted.Length; i++)
        {
            double part = Math.Min(below + weights[i], to) - Math.Max(below, from);
            if (part > 0)
            {
                sum += part * sorted[i];
                inside += part;
            }

            below += weights[i];
        }

        return sum / inside;
    }
}
