using Gala.Numerics;

namespace Gala.Gossip;

/// <summary>Random numbers by address, so that none depends on the order in which things happen.</summary>
internal enum SimulationDraw
{
    Delay = 1, // of the message of an iteration, on an edge
    Loss,
    Compute, // of an agent's update
}

internal static class SimulationDraws
{
    private const int KindShift = 60;
    private const int SenderShift = 30;

    /// <summary>Two uniform numbers in [0, 1).</summary>
    public static (double First, double Second) Uniforms(this SimulationDraw kind, ulong seed, int sender, int receiver, long iteration)
    {
        ulong stream = ((ulong)kind << KindShift) | ((ulong)sender << SenderShift) | (uint)receiver;
        (uint a, uint b, uint c, uint d) = Philox.Words(seed, (ulong)iteration, stream);
        return (Philox.ToUnitDouble(a, b), Philox.ToUnitDouble(c, d));
    }
}
