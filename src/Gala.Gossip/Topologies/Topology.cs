namespace Gala.Gossip;

/// <summary>Who sends to whom: a directed graph over the agents 0 … n − 1, which may change with the iteration.</summary>
/// <remarks>A query never changes the topology's state, so every thread may ask. Peers come in order of rank.</remarks>
public abstract class Topology
{
    private readonly Lazy<double> _contractionFactor;
    private readonly Lazy<double> _boundFactor;

    /// <summary>Names the graph and fixes its number of agents.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agents"/> is below 1.</exception>
    protected Topology(string name, int agents)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(agents, 1);
        Name = name;
        Agents = agents;
        _contractionFactor = new Lazy<double>(() => Contraction.Factor(PeriodMatrix(), Period));
        _boundFactor = new Lazy<double>(FindBoundFactor);
    }

    /// <summary>The name that <see cref="Topologies.Create"/> knows it by.</summary>
    public string Name { get; }

    /// <summary>n, at least 1.</summary>
    public int Agents { get; }

    /// <summary>Iterations after which the graph repeats; 1 for a graph that never changes.</summary>
    public virtual int Period => 1;

    /// <summary>Whom <paramref name="agent"/> sends to at an iteration; without itself, empty for n = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agent"/> is not in [0, n).</exception>
    public abstract ReadOnlySpan<int> OutPeers(int agent, long iteration = 0);

    /// <summary>Whom <paramref name="agent"/> receives from at an iteration; without itself, empty for n = 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="agent"/> is not in [0, n).</exception>
    public abstract ReadOnlySpan<int> InPeers(int agent, long iteration = 0);

    /// <summary>P, shape [n, n]: row i holds the weight 1 / (1 + in-degree) for agent i itself and for each of its in-peers.</summary>
    public double[,] MixingMatrix(long iteration = 0)
    {
        double[,] matrix = new double[Agents, Agents];
        for (int agent = 0; agent < Agents; agent++)
        {
            ReadOnlySpan<int> peers = InPeers(agent, iteration);
            double weight = 1.0 / (1 + peers.Length);
            matrix[agent, agent] = weight;
            foreach (int peer in peers)
            {
                matrix[agent, peer] = weight;
            }
        }

        return matrix;
    }

    /// <summary>Whether the columns of P sum to 1, decided exactly, so that mixing leaves the mean over the agents as it is. The rows always do.</summary>
    public bool IsDoublyStochastic(long iteration = 0) =>
        Enumerable.Range(0, Agents).All(agent => UnitFractions.AddToOne(Receivers(agent, iteration).Select(peer => 1 + InPeers(peer, iteration).Length)));

    /// <summary>Whether plain averaging keeps the mean over the agents in every round of the period; if not, it takes push-sum.</summary>
    public bool KeepsMean => Enumerable.Range(0, Period).All(iteration => IsDoublyStochastic(iteration));

    /// <summary>β: the disagreement's largest growth in one round of lock-step gossip, in the Euclidean norm.</summary>
    /// <remarks>The second-largest singular value of P if P is doubly stochastic; cos(π/n) for the ring, 0 for the complete graph.
    /// For a changing graph it is the geometric mean over a period. Delayed messages make the true factor larger.</remarks>
    public double ContractionFactor => _contractionFactor.Value;

    /// <summary>1 − β.</summary>
    public double SpectralGap => 1 - ContractionFactor;

    /// <summary>What √n times the largest norm of an agent's update is multiplied by for the ε-ball's radius, in lock-step: β / (1 − β).</summary>
    /// <remarks>For a changing graph, whose single rounds may shrink nothing, and where β ≥ 1, the sum of <see cref="DelayedContraction"/>;
    /// infinite where some agent never reaches another.</remarks>
    public double BoundFactor => _boundFactor.Value;

    /// <inheritdoc />
    public override string ToString() => $"{Name} of {Agents}";

    private double FindBoundFactor()
    {
        IEnumerable<(int From, int To)> edges =
            from iteration in Enumerable.Range(0, Period)
            from agent in Enumerable.Range(0, Agents)
            from peer in OutPeers(agent, iteration).ToArray()
            select (agent, peer);
        return Connectivity.FindUnreached(Agents, edges) is not null ? double.PositiveInfinity
            : Period == 1 && ContractionFactor < 1 ? ContractionFactor / (1 - ContractionFactor)
            : DelayedContraction.BoundFactor(this, 0);
    }

    /// <summary>Those in whose mix the agent's parameters have a weight.</summary>
    private IEnumerable<int> Receivers(int agent, long iteration) => [agent, .. OutPeers(agent, iteration)];

    private double[,] PeriodMatrix()
    {
        double[,] product = MixingMatrix();
        for (int iteration = 1; iteration < Period; iteration++)
        {
            product = Contraction.Multiply(MixingMatrix(iteration), product);
        }

        return product;
    }
}
