namespace Gala.Benchmarks;

/// <summary>A product [rows, inputs] × [inputs, outputs]; it takes 2 · rows · inputs · outputs floating-point operations.</summary>
public readonly record struct ProductShape(int Rows, int Inputs, int Outputs)
{
    public override string ToString() => $"{Rows}x{Inputs}x{Outputs}";
}
