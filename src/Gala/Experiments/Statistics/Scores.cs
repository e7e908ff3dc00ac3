using Gala.Environments;

namespace Gala.Experiments;

/// <summary>Scores of one method: several runs on each of several tasks.</summary>
internal sealed class Scores
{
    private readonly double[] _sorted; // all runs of all tasks
    private readonly int[] _taskOf; // of each sorted score
    private readonly int[][] _places; // [task][run]: where its score is in the sorted ones

    /// <summary>Sorts scores by height.</summary>
    /// <param name="tasks">Scores of the runs of each task. Those that are not finite are left out.</param>
    public Scores(IEnumerable<IEnumerable<double>> tasks)
    {
        Tasks = [.. tasks.Select(task => (IReadOnlyList<double>)[.. task.Where(double.IsFinite)])];
        (int Task, double Score)[] all = [.. Tasks.Index().SelectMany(task => task.Item.Select(score => (task.Index, score))).OrderBy(one => one.score)];
        _sorted = [.. all.Select(one => one.Score)];
        _taskOf = [.. all.Select(one => one.Task)];
        _places = [.. Tasks.Select((_, task) => all.Index().Where(one => one.Item.Task == task).Select(one => one.Index).ToArray())];
    }

    /// <summary>Finite scores of each task.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Tasks { get; }

    /// <summary>Number of scores of all tasks.</summary>
    public int Count => _sorted.Length;

    /// <summary>Fewest runs of a task.</summary>
    public int FewestRuns => Tasks.Count == 0 ? 0 : Tasks.Min(task => task.Count);

    /// <summary>Scores of one task.</summary>
    public static Scores OfOneTask(IEnumerable<double> runs) => new([runs]);

    /// <summary>A figure of the scores as they are, each task with the same weight; NaN where a task has no run.</summary>
    public double Figure(Statistic statistic)
    {
        if (FewestRuns == 0)
        {
            return double.NaN;
        }

        Span<double> weights = new double[Count];
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = 1.0 / Tasks[_taskOf[i]].Count;
        }

        return statistic(_sorted, weights);
    }

    /// <summary>The figure of a resample: as many runs of each task as it has, drawn with replacement among them.</summary>
    /// <param name="statistic">Figure that is asked for.</param>
    /// <param name="random">Source of the draws.</param>
    /// <param name="weights">Scratch, <see cref="Count"/> numbers.</param>
    public double Resample(Statistic statistic, StreamRandomSource random, Span<double> weights)
    {
        weights.Clear(); // drawing a run twice is to give it twice the weight, so nothing is sorted anew
        foreach (int[] places in _places)
        {
            double weight = 1.0 / places.Length;
            for (int draw = 0; draw < places.Length; draw++)
            {
                weights[places[random.UniformInteger(0, places.Length)]] += weight;
            }
        }

        return statistic(_sorted, weights);
    }
}
