using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Architectures;

/// <summary>What an agent says in gossip by gradients, and what it makes of the answers: parameters, mean squares and gradient in one message.</summary>
/// <remarks>
/// <para>Behind these stand n marks: 1 for the sender, 0 for the others. Whatever a mix is made of, they come out as the weights of the senders'
/// gradients in it. A sender whose gradient is not finite sends zeros and no mark.</para>
/// <para>Belongs to one agent's thread.</para>
/// </remarks>
public sealed class GradientExchange : IDisposable
{
    private const double Rounding = 1e-3; // of weights, in messages of half the bytes

    private readonly IActorCritic _network;
    private readonly int _rank;
    private readonly int _agents;
    private readonly AlignedBuffer<float> _message;
    private double _ownWeight;
    private double _squaredWeights;
    private bool _isMixed;

    /// <summary>Joins what an agent tells of itself.</summary>
    /// <param name="network">Has the parameters and their gradients.</param>
    /// <param name="optimizer">Has the mean squares.</param>
    /// <param name="rank">The agent's, 0 to n − 1.</param>
    /// <param name="agents">n, of all processes.</param>
    public GradientExchange(IActorCritic network, RmsProp optimizer, int rank, int agents)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, agents);
        (_network, Optimizer, _rank, _agents) = (network, optimizer, rank, agents);
        _message = new AlignedBuffer<float>(MessageLength(Length, agents));
    }

    /// <summary>The agent's own.</summary>
    public RmsProp Optimizer { get; }

    /// <summary>Whether the agent's gradient is finite, as <see cref="Begin"/> found it.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Whether there is a gradient to step by, be it that of others.</summary>
    public bool HasGradient => _squaredWeights > 0;

    private int Length => _network.Parameters.Length;

    private Span<float> Gradient => _message.Span.Slice(2 * Length, Length);

    private Span<float> Marks => _message.Span[(3 * Length)..];

    private Span<float> MeanSquares => Optimizer.State(Optimizer.StateNames[0]);

    /// <summary>Elements of a message.</summary>
    /// <param name="parameters">P.</param>
    /// <param name="agents">n.</param>
    public static int MessageLength(int parameters, int agents) => checked((3 * parameters) + agents);

    /// <summary>Starts an update from the network's gradient: that alone is the sample until a mix gives a better one.</summary>
    /// <returns>The gradient's Euclidean norm.</returns>
    public double Begin()
    {
        double squares = Kernels.SumOfSquares(_network.Gradients.Span);
        IsSound = squares <= float.MaxValue; // not so of NaN
        _isMixed = false;
        _ownWeight = _squaredWeights = IsSound ? 1 : 0;
        return Math.Sqrt(squares);
    }

    /// <summary>The message of the update that <see cref="Begin"/> started; a mix changes it in place.</summary>
    /// <param name="parameters">x before the update's step, shape [P].</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> are not as many as the network has.</exception>
    public Span<float> Write(ReadOnlySpan<float> parameters)
    {
        if (parameters.Length != Length)
        {
            throw new ArgumentException($"{parameters.Length} parameters do not fit a network of {Length}.", nameof(parameters));
        }

        Span<float> message = _message.Span;
        parameters.CopyTo(message);
        MeanSquares.CopyTo(message[Length..]);
        Span<float> gradient = Gradient;
        Marks.Clear();
        if (IsSound)
        {
            _network.Gradients.Span.CopyTo(gradient);
            Marks[_rank] = 1;
        }
        else
        {
            gradient.Clear();
        }

        return message;
    }

    /// <summary>What <see cref="Write"/> wrote last, and mixes change.</summary>
    public Span<float> Message => _message.Span;

    /// <summary>Takes over what a mix made of the message: parameters and mean squares at once, the gradient for <see cref="Sample"/>.</summary>
    /// <param name="parameters">x, shape [P]; written.</param>
    public void Read(Span<float> parameters)
    {
        ReadOnlySpan<float> message = _message.Span;
        message[..Length].CopyTo(parameters);
        Kernels.Rectify(message.Slice(Length, Length), MeanSquares); // rounded messages may bring one below 0 by a rounding
        (double sum, double squares) = (0, 0);
        foreach (float mark in Marks)
        {
            sum += mark;
            squares += (double)mark * mark;
        }

        _isMixed = true;
        if (sum < Rounding)
        {
            (_ownWeight, _squaredWeights) = (0, 0); // nobody had a gradient
            return;
        }

        if (Math.Abs(sum - 1) > Rounding) // somebody had none
        {
            Kernels.Scale(Gradient, (float)(1 / sum));
        }

        (_ownWeight, _squaredWeights) = (Marks[_rank] / sum, squares / (sum * sum));
    }

    /// <summary>The gradient to step by. Only where <see cref="HasGradient"/>.</summary>
    public SampledGradient Sample()
    {
        ReadOnlySpan<float> own = IsSound ? _network.Gradients.Span : Gradient;
        return new SampledGradient(_isMixed ? Gradient : own, own, IsSound ? _ownWeight : 0, _squaredWeights, _agents);
    }

    /// <inheritdoc />
    public void Dispose() => _message.Dispose();
}
