namespace Gala.Environments;

/// <summary>Hands out recorded draws in order and insists that each is the one asked for.</summary>
internal sealed class RecordedDraws : IRandomSource
{
    private TraceDraw[] _draws = [];
    private int _next;

    /// <summary>Replaces the draws; the ones before must have been used up.</summary>
    public void Fill(TraceDraw[] draws) => (_draws, _next) = (draws, 0);

    /// <exception cref="ReplayMismatchException">Some draws were not asked for.</exception>
    public void RequireEmpty()
    {
        if (_next != _draws.Length)
        {
            throw new ReplayMismatchException($"{_next} draws made, expected {_draws.Length}");
        }
    }

    /// <inheritdoc />
    public double Uniform() => Next(TraceDraw.Uniform, null, null).V;

    /// <inheritdoc />
    public int UniformInteger(int low, int high) => (int)Next(TraceDraw.Integer, low, high).V;

    /// <inheritdoc />
    public void Seed(ulong seed) => throw new NotSupportedException("Recorded draws have no seed.");

    private TraceDraw Next(string kind, int? low, int? high)
    {
        string asked = Describe(kind, low, high);
        if (_next == _draws.Length)
        {
            throw new ReplayMismatchException($"draw {_next} asked for {asked}, but only {_draws.Length} are recorded");
        }

        TraceDraw draw = _draws[_next++];
        return draw.K == kind && (kind == TraceDraw.Uniform || (draw.Lo == low && draw.N == high))
            ? draw
            : throw new ReplayMismatchException($"draw {_next - 1} asked for {asked}, recorded is {Describe(draw.K, draw.Lo, draw.N)}");
    }

    private static string Describe(string kind, int? low, int? high) => kind == TraceDraw.Uniform ? kind : $"{kind}({low}, {high})";
}
