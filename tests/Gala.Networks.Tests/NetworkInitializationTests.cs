using Gala.Numerics;

namespace Gala.Networks.Tests;

public class NetworkInitializationTests
{
    [Theory]
    [InlineData("torso.0.weight", 2.0)] // 36 x 16: orthonormal columns, rectifier
    [InlineData("torso.1.weight", 2.0)] // 1024 x 128
    [InlineData("policy.weight", 1e-4)] // 128 x 6
    [InlineData("value.weight", 1.0)] // 128 x 1
    public void Orthogonal_TallMatrix_HasOrthogonalColumnsOfTheGainsLength(string name, double squaredGain)
    {
        NetworkSpec spec = NetworkPresets.Create("minatar", new TensorShape(10, 10, 4), 6);
        using ParameterVector parameters = new(spec.Layout);
        NetworkInitialization.Orthogonal(spec, parameters, seed: 5);
        AssertGram(parameters[name].ToArray(), spec.Layout.Find(name)!.Shape[^1], squaredGain, ofColumns: true);
    }

    [Fact]
    public void Orthogonal_WideMatrixBeforeTanh_HasOrthonormalRows()
    {
        NetworkSpec spec = NetworkPresets.Create("mlp", TensorShape.Vector(4), 2);
        using ParameterVector parameters = new(spec.Layout);
        NetworkInitialization.Orthogonal(spec, parameters, seed: 5);
        AssertGram(parameters["torso.0.weight"].ToArray(), 64, 1, ofColumns: false);
        Assert.All(parameters["torso.0.bias"].ToArray(), bias => Assert.Equal(0, bias));
    }

    [Theory]
    [InlineData("torso.2.first.weight")]
    [InlineData("torso.2.second.weight")]
    public void Orthogonal_ResidualBlock_HasOrthonormalColumns(string name)
    {
        NetworkSpec spec = NetworkPresets.Create("impala-deep", new TensorShape(10, 10, 4), 6);
        using ParameterVector parameters = new(spec.Layout);
        NetworkInitialization.Orthogonal(spec, parameters, seed: 5);
        AssertGram(parameters[name].ToArray(), 16, 1, ofColumns: true);
    }

    [Fact]
    public void Orthogonal_Seeds_DecideTheParameters()
    {
        NetworkSpec spec = NetworkPresets.Create("mlp", TensorShape.Vector(4), 2);
        using ParameterVector first = new(spec.Layout), second = new(spec.Layout), other = new(spec.Layout);
        NetworkInitialization.Orthogonal(spec, first, seed: 5);
        NetworkInitialization.Orthogonal(spec, second, seed: 5);
        NetworkInitialization.Orthogonal(spec, other, seed: 6);
        Assert.Equal(first.Span.ToArray(), second.Span.ToArray());
        Assert.NotEqual(first.Span.ToArray(), other.Span.ToArray());
    }

    [Fact]
    public void Orthogonal_VectorOfAnotherNetwork_ThrowsNamingBothLengths()
    {
        NetworkSpec spec = NetworkPresets.Create("mlp", TensorShape.Vector(4), 2);
        using ParameterVector parameters = new(NetworkPresets.Create("mlp", TensorShape.Vector(5), 2).Layout);
        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkInitialization.Orthogonal(spec, parameters, seed: 5));
        Assert.Contains($"{spec.Layout.Length} parameters, the vector {parameters.Length}", error.Message, StringComparison.Ordinal);
    }

    private static void AssertGram(float[] matrix, int columns, double diagonal, bool ofColumns)
    {
        int rows = matrix.Length / columns;
        double Element(int vector, int i) => ofColumns ? matrix[(i * columns) + vector] : matrix[(vector * columns) + i];
        (int vectors, int length) = ofColumns ? (columns, rows) : (rows, columns);
        for (int a = 0; a < vectors; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double product = 0;
                for (int i = 0; i < length; i++)
                {
                    product += Element(a, i) * Element(b, i);
                }

                Assert.Equal(a == b ? diagonal : 0, product, 1e-6 * Math.Max(diagonal, 1e-3));
            }
        }
    }
}
