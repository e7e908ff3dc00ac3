namespace Gala.Gossip;

/// <summary>Measures the ε-ball of GALA: the agents' distances from their mean, and the radius that theory grants them.</summary>
/// <remarks>Source: Assran et al. 2019, propositions 1 and 2, with the stacked Frobenius norm: deviation ≤ β/(1 − β) · √n · U
/// after mixing, for agents that start equal and gossip in lock-step. U is the largest norm of one agent's whole update, not of
/// its gradient: RMSProp can move a coordinate by ten times the learning rate. Delayed messages widen the ball.</remarks>
public sealed class ConsensusMonitor
{
    private const int BlockLength = 512; // coordinates whose means are held at once, 4 KiB of stack
    private const int LineOfDoubles = 8;

    private readonly double _boundFactor; // β/(1 − β) · √n, or 1/(1 − β) · √n
    private readonly double[] _largestUpdates; // one cache line an agent, written by that agent alone

    /// <summary>Prepares to measure the agents of a topology.</summary>
    /// <param name="topology">Of all agents.</param>
    /// <param name="agents">How many of them are measured, where the others are out of reach; null: all.</param>
    /// <param name="stepsAfterMix">Whether agents mix before they update, so that the last update is not mixed yet: ε is 1/(1 − β) · √n · U then.</param>
    public ConsensusMonitor(Topology topology, int? agents = null, bool stepsAfterMix = false)
    {
        ArgumentNullException.ThrowIfNull(topology);
        Agents = agents ?? topology.Agents;
        double factor = topology.BoundFactor + (stepsAfterMix && topology.Agents > 1 ? 1 : 0);
        _boundFactor = factor > 0 ? factor * Math.Sqrt(topology.Agents) : 0;
        _largestUpdates = new double[(Agents + 1) * LineOfDoubles];
    }

    /// <summary>How many agents are measured.</summary>
    public int Agents { get; }

    /// <summary>U: the largest norm of one local update that any agent has recorded. Any thread.</summary>
    public double LargestUpdateNorm
    {
        get
        {
            double largest = 0;
            for (int rank = 0; rank < Agents; rank++)
            {
                largest = Math.Max(largest, Volatile.Read(ref LargestUpdate(rank)));
            }

            return largest;
        }
    }

    /// <summary>ε: β/(1 − β) · √n · U.</summary>
    public double Bound => LargestUpdateNorm is > 0 and double norm && _boundFactor > 0 ? _boundFactor * norm : 0;

    /// <summary>Notes ‖Δx‖ of a local update. Wait-free; that agent's own thread only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no agent of that rank.</exception>
    public void RecordUpdate(int rank, double norm)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, Agents);
        if (norm > LargestUpdate(rank))
        {
            Volatile.Write(ref LargestUpdate(rank), norm);
        }
    }

    /// <summary>Distances from the mean, computed in double precision.</summary>
    /// <exception cref="ArgumentException">The agents' vectors differ in length.</exception>
    public ConsensusMeasurement Measure(ParametersOf parametersOf)
    {
        ArgumentNullException.ThrowIfNull(parametersOf);
        int length = parametersOf(0).Length;
        ThrowIfLengthsDiffer(parametersOf, length);
        double[] squares = new double[Agents];
        double meanSquare = 0;
        Span<double> means = stackalloc double[BlockLength];
        for (int start = 0; start < length; start += BlockLength)
        {
            Range block = start..Math.Min(start + BlockLength, length);
            meanSquare += AddBlock(parametersOf, block, means[..(block.End.Value - start)], squares);
        }

        double[] distances = Array.ConvertAll(squares, Math.Sqrt);
        double largest = distances.Max();
        return new ConsensusMeasurement(distances, largest > 0 ? largest / Math.Sqrt(meanSquare) : 0, Bound);
    }

    /// <summary>Adds one block's share of every squared distance; returns its share of ‖x̄‖².</summary>
    private double AddBlock(ParametersOf parametersOf, Range block, Span<double> means, double[] squares)
    {
        means.Clear();
        for (int rank = 0; rank < Agents; rank++)
        {
            ReadOnlySpan<float> parameters = parametersOf(rank)[block];
            for (int i = 0; i < means.Length; i++)
            {
                means[i] += parameters[i];
            }
        }

        double meanSquare = 0;
        for (int i = 0; i < means.Length; i++)
        {
            means[i] /= Agents;
            meanSquare += means[i] * means[i];
        }

        for (int rank = 0; rank < Agents; rank++)
        {
            squares[rank] += SquaredDistance(parametersOf(rank)[block], means);
        }

        return meanSquare;
    }

    private static double SquaredDistance(ReadOnlySpan<float> parameters, ReadOnlySpan<double> means)
    {
        double sum = 0;
        for (int i = 0; i < means.Length; i++)
        {
            double difference = parameters[i] - means[i];
            sum += difference * difference;
        }

        return sum;
    }

    private void ThrowIfLengthsDiffer(ParametersOf parametersOf, int length)
    {
        for (int rank = 1; rank < Agents; rank++)
        {
            if (parametersOf(rank).Length != length)
            {
                throw new ArgumentException(
                    $"Agent {rank} has {parametersOf(rank).Length} parameters, agent 0 has {length}.", nameof(parametersOf));
            }
        }
    }

    private ref double LargestUpdate(int rank) => ref _largestUpdates[(rank + 1) * LineOfDoubles];
}
