namespace Gala.Networks;

/// <summary>One pass of one layer of a network, to be run by itself.</summary>
/// <param name="Layer">Such as <c>torso.0</c>, <c>lstm</c> or <c>heads</c>.</param>
/// <param name="Pass"><c>forward</c>, <c>backward-data</c> or <c>backward-weights</c>, <c>backward</c> for both in one, and
/// <c>backward-time</c> from the states of a memory to the step before.</param>
/// <param name="Rows">Number of rows that it goes over, from row 0 on.</param>
/// <param name="MultiplyAdds">Of all rows, by plain arithmetic (see <see cref="LayerSpec.MultiplyAdds"/>).</param>
/// <param name="Run">Runs it once; allocates nothing.</param>
public sealed record LayerPass(string Layer, string Pass, int Rows, long MultiplyAdds, Action Run)
{
    /// <summary>Whether acting runs it, and not the update.</summary>
    public bool IsForward => Pass == "forward";
}
