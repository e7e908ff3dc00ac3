using Gala.Gossip;
using Gala.Learning;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Architectures;

/// <summary>What an agent says in gossip by gradients, and what it makes of the answers: parameters, mean squares and gradient in one message.</summary>
/// <remarks>
/// <para>The agent's parameters and mean squares move into the message and stay there, so that a mix changes them in place. So does the gradient where
/// the mean is of all agents, or of all that are left. Where it is of some, the agent's own is needed beside it, and the message has a copy.</para>
/// <para>At the end stand n marks: 1 for the sender, 0 for the others. Whatever a mix is made of, they come out as the weights of the senders'
/// gradients in it. A sender whose gradient is not finite sends zeros and no mark.</para>
/// <para>Belongs to one agent's thread.</para>
/// </remarks>
public sealed class GradientExchange : IDisposable
{
    private const double Rounding = 1e-3; // of weights, in messages of half the bytes

    private readonly IActorCritic _network;
    private readonly int _rank;
    private readonly GradientMessage _layout;
    private readonly MessageFormat _format;
    private readonly AlignedBuffer<float> _message;
    private double _ownWeight;
    private double _squaredWeights;
    private bool _isMixed;

    /// <summary>Joins what an agent tells of itself.</summary>
    /// <param name="network">Has the parameters and their gradients, which move. Used no longer than this object.</param>
    /// <param name="optimizer">Has the mean squares, which move. Used no longer than this object.</param>
    /// <param name="rank">The agent's, 0 to n − 1.</param>
    /// <param name="layout">What a message holds.</param>
    /// <param name="format">How it travels.</param>
    public GradientExchange(IActorCritic network, RmsProp optimizer, int rank, GradientMessage layout, MessageFormat format = MessageFormat.Exact)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(optimizer);
        ArgumentOutOfRangeException.ThrowIfNegative(rank);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rank, layout.Agents);
        ArgumentOutOfRangeException.ThrowIfNotEqual(layout.Parameters, network.Parameters.Length, nameof(layout));
        (_network, Optimizer, _rank, _layout, _format) = (network, optimizer, rank, layout, format);
        _message = new AlignedBuffer<float>(layout.Length);
        network.Parameters.MoveInto(_message, 0);
        network.ParametersChanged();
        if (layout.IsOfAll)
        {
            network.Gradients.MoveInto(_message, layout.Gradient);
        }
        else
        {
            optimizer.MoveMeanSquaresInto(_message, layout.MeanSquares);
        }
    }

    /// <summary>The agent's own.</summary>
    public RmsProp Optimizer { get; }

    /// <summary>Whether the agent's gradient is finite, as <see cref="Begin"/> found it.</summary>
    public bool IsSound { get; private set; }

    /// <summary>Whether there is a gradient to step by, be it that of others.</summary>
    public bool HasGradient => _squaredWeights > 0;

    /// <summary>What <see cref="Write"/> wrote last, and mixes change in place.</summary>
    public Span<float> Message => _message.Span;

    private Span<float> Gradient => _message.Span.Slice(_layout.Gradient, _layout.Parameters);

    private Span<float> Marks => _message.Span[_layout.Marks..];

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
    /// <param name="parameters">x before the update's step: the network's own, shape [P].</param>
    /// <exception cref="ArgumentException"><paramref name="parameters"/> are not the network's.</exception>
    public Span<float> Write(ReadOnlySpan<float> parameters)
    {
        if (parameters != _message.Span[.._layout.Parameters])
        {
            throw new ArgumentException("Gossip by gradients sends the parameters of its network, and these are others.", nameof(parameters));
        }

        Marks.Clear();
        if (!IsSound)
        {
            Gradient.Clear();
            return _message.Span;
        }

        Marks[_rank] = 1;
        if (!_layout.IsOfAll)
        {
            _network.Gradients.Span.CopyTo(Gradient);
        }

        return _message.Span;
    }

    /// <summary>Takes over what a mix made of the message.</summary>
    public void Read()
    {
        if (!_layout.IsOfAll && _format == MessageFormat.BFloat16)
        {
            Span<float> meanSquares = _message.Span.Slice(_layout.MeanSquares, _layout.Parameters);
            Kernels.Rectify(meanSquares, meanSquares); // one may come out below 0 by a rounding
        }

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
        if (_layout.IsOfAll && _isMixed)
        {
            return new SampledGradient(Gradient, Gradient, ownWeight: 1, squaredWeights: 1, agents: 1); // those that are left are all that there are
        }

        ReadOnlySpan<float> own = IsSound ? _network.Gradients.Span : Gradient;
        return new SampledGradient(_isMixed ? Gradient : own, own, IsSound ? _ownWeight : 0, _squaredWeights, _layout.Agents);
    }

    /// <inheritdoc />
    public void Dispose() => _message.Dispose();
}
