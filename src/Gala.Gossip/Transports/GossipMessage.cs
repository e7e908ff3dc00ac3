using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Parameters of another agent, in place in the receiver's own memory.</summary>
public readonly ref struct GossipMessage
{
    /// <summary>Iteration of a message that was never sent.</summary>
    public const long None = long.MinValue;

    private const float Limit = 18_446_744_073_709_551_616f; // 2⁶⁴: below it no mix overflows, and what learns is far below it
    private const long IterationLimit = 1L << 53; // no run makes so many updates

    /// <summary>A message as the sender wrote it.</summary>
    /// <param name="parameters">The sender's parameters, unscaled.</param>
    /// <param name="iteration">The sender's update that gave them.</param>
    /// <param name="weight">The share of the sender's weight that travels with them.</param>
    public GossipMessage(ReadOnlySpan<float> parameters, long iteration, double weight = 1)
    {
        Parameters = parameters;
        Iteration = iteration;
        Weight = weight;
    }

    /// <summary>A message of rounded parameters.</summary>
    /// <param name="rounded">The sender's parameters, unscaled.</param>
    /// <param name="iteration">The sender's update that gave them.</param>
    /// <param name="weight">The share of the sender's weight that travels with them.</param>
    public GossipMessage(ReadOnlySpan<BFloat16> rounded, long iteration, double weight = 1)
    {
        Rounded = rounded;
        Iteration = iteration;
        Weight = weight;
        Format = MessageFormat.BFloat16;
    }

    /// <summary>How the parameters came.</summary>
    public MessageFormat Format { get; }

    /// <summary>The sender's parameters, unscaled; empty if they came rounded. Valid until the next message is taken from that peer.</summary>
    public ReadOnlySpan<float> Parameters { get; }

    /// <summary>The sender's parameters, unscaled, if they came rounded. Valid as long.</summary>
    public ReadOnlySpan<BFloat16> Rounded { get; }

    /// <summary>The sender's update that gave them, which is also the round they belong to; <see cref="None"/> before the first message.</summary>
    public long Iteration { get; }

    /// <summary>Push-sum: how much of the sender's weight it gave away with them. Of no meaning to an average, whose weights are the receiver's.</summary>
    public double Weight { get; }

    /// <summary>Whether there is a message at all.</summary>
    public bool Exists => Iteration != None;

    /// <summary>Whether the iteration is one that a sender can have.</summary>
    internal bool HasSoundIteration => Iteration is >= 0 and < IterationLimit;

    /// <summary>Whether no element is NaN, infinite or so large that a mix could overflow. Reads every element once.</summary>
    internal bool HasSoundElements =>
        (Format == MessageFormat.BFloat16 ? Kernels.MaxAbsolute(Rounded) : Kernels.MaxAbsolute(Parameters)) < Limit; // not so of NaN

    /// <summary>x ← m.</summary>
    /// <param name="parameters">x, shape [P].</param>
    public void CopyTo(Span<float> parameters)
    {
        if (Format == MessageFormat.BFloat16)
        {
            Kernels.Widen(Rounded, parameters);
        }
        else
        {
            Parameters.CopyTo(parameters);
        }
    }

    /// <summary>x ← x + w (m − x); m being rounded, agents that agree still stay as they are (<see cref="Kernels.MixInto(Span{float},ReadOnlySpan{BFloat16},float)"/>).</summary>
    /// <param name="parameters">x, shape [P]; updated.</param>
    /// <param name="weight">w, in [0, 1].</param>
    public void MixInto(Span<float> parameters, float weight)
    {
        if (Format == MessageFormat.BFloat16)
        {
            Kernels.MixInto(parameters, Rounded, weight);
        }
        else
        {
            Kernels.MixInto(parameters, Parameters, weight);
        }
    }

    /// <summary>Takes the message into the mean of an agent's parameters and several messages, which is complete with the last of them.</summary>
    /// <param name="parameters">The agent's parameters, then what came of the messages before; updated.</param>
    /// <param name="number">Of this message, 1 to <paramref name="messages"/>.</param>
    /// <param name="messages">Number of messages.</param>
    public void AverageInto(Span<float> parameters, int number, int messages)
    {
        if (Format == MessageFormat.BFloat16)
        {
            Kernels.MixInto(parameters, Rounded, 1f / (1 + number)); // a mean at every step, since its differences are small
        }
        else if (number < messages)
        {
            Kernels.Add(parameters, Parameters);
        }
        else
        {
            Kernels.AddAndDivide(parameters, Parameters, 1 + messages);
        }
    }

    /// <summary>Whether the message may be mixed: no element is NaN, infinite or so large that a mix could overflow, and the header can be.</summary>
    /// <param name="agents">n, on the graph that it came over.</param>
    /// <remarks>Reads every element once.</remarks>
    internal bool IsSound(int agents) => HasSoundHeader(agents) && HasSoundElements;

    /// <summary>Whether iteration and weight are such as can be.</summary>
    /// <param name="agents">n.</param>
    internal bool HasSoundHeader(int agents) => HasSoundIteration && HasSoundWeight(agents);

    /// <summary>Whether the weight is one that can be: all agents together have n, and one that has next to nothing gives away 0.</summary>
    /// <param name="agents">n.</param>
    internal bool HasSoundWeight(int agents) => Weight >= 0 && Weight < agents + 1; // n and what rounding adds
}
