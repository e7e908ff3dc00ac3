using Gala.Gossip;
using Gala.Networks;
using Gala.Numerics;

namespace Gala.Architectures;

/// <summary>Mixes the mean squares of an agent's RMSProp along with its parameters, in one message and with the same weights.</summary>
/// <remarks>The exchange goes by a copy of both: parameters first, then the statistics.</remarks>
public sealed class StatisticsGossip : IGossip, IDisposable
{
    private readonly IGossip _gossip;
    private readonly RmsProp _optimizer;
    private readonly AlignedBuffer<float> _message;

    /// <summary>Joins an agent's gossip and its optimiser.</summary>
    /// <param name="gossip">Of messages of twice the parameters' length.</param>
    /// <param name="optimizer">The agent's own.</param>
    public StatisticsGossip(IGossip gossip, RmsProp optimizer)
    {
        ArgumentNullException.ThrowIfNull(gossip);
        ArgumentNullException.ThrowIfNull(optimizer);
        (_gossip, _optimizer) = (gossip, optimizer);
        _message = new AlignedBuffer<float>(2 * MeanSquares.Length);
    }

    /// <inheritdoc />
    public GossipStatistics Statistics => _gossip.Statistics;

    /// <inheritdoc />
    public bool IsDispensable => _gossip.IsDispensable;

    private Span<float> MeanSquares => _optimizer.State(_optimizer.StateNames[0]);

    /// <inheritdoc />
    public bool HasHeardAll => _gossip.HasHeardAll;

    /// <inheritdoc />
    public TimeSpan Patience => _gossip.Patience;

    /// <inheritdoc />
    public Action? WakeUp
    {
        set => _gossip.WakeUp = value;
    }

    /// <inheritdoc />
    /// <exception cref="ArgumentException"><paramref name="parameters"/> are not as many as the optimiser has.</exception>
    public void Send(Span<float> parameters, in CompletedUpdate update)
    {
        int length = MeanSquares.Length;
        if (parameters.Length != length)
        {
            throw new ArgumentException($"{parameters.Length} parameters do not fit an optimiser of {length}.", nameof(parameters));
        }

        parameters.CopyTo(_message.Span);
        MeanSquares.CopyTo(_message.Span[length..]);
        _gossip.Send(_message.Span, update);
    }

    /// <inheritdoc />
    public bool TryMix(Span<float> parameters, in CompletedUpdate update, out GossipResult result)
    {
        bool isOver = _gossip.TryMix(_message.Span, update, out result);
        if (result.Mixed)
        {
            _message.Span[..parameters.Length].CopyTo(parameters);
            Kernels.Rectify(_message.Span[parameters.Length..], MeanSquares); // rounded messages may bring one below 0 by a rounding
        }

        return isOver;
    }

    /// <inheritdoc />
    public void RequestStop() => _gossip.RequestStop();

    /// <inheritdoc />
    public void SaveState(BinaryWriter writer) => _gossip.SaveState(writer);

    /// <inheritdoc />
    public void LoadState(BinaryReader reader) => _gossip.LoadState(reader);

    /// <inheritdoc />
    public void Leave() => _gossip.Leave();

    /// <inheritdoc />
    public void Dispose() => _message.Dispose();
}
