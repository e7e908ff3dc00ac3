namespace Gala.Environments.Tests;

/// <summary>Hands out the draws of a script and fails if another kind, other bounds or one too many is asked for.</summary>
internal sealed class ScriptedRandomSource : IRandomSource
{
    private readonly Queue<(double Value, int? Low, int? High)> _draws = [];

    public int Left => _draws.Count;

    public ScriptedRandomSource Uniform(params double[] values)
    {
        foreach (double value in values)
        {
            _draws.Enqueue((value, null, null));
        }

        return this;
    }

    public ScriptedRandomSource Integer(int low, int high, params int[] values)
    {
        foreach (int value in values)
        {
            _draws.Enqueue((value, low, high));
        }

        return this;
    }

    double IRandomSource.Uniform()
    {
        (double value, int? low, _) = _draws.Dequeue();
        Assert.Null(low);
        return value;
    }

    int IRandomSource.UniformInteger(int low, int high)
    {
        (double value, int? scriptedLow, int? scriptedHigh) = _draws.Dequeue();
        Assert.Equal((scriptedLow, scriptedHigh), (low, high));
        return (int)value;
    }

    void IRandomSource.Seed(ulong seed) => throw new NotSupportedException();
}
