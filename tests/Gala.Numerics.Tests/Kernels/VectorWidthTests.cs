using System.Runtime.Intrinsics;

namespace Gala.Numerics.Tests;

public sealed class VectorWidthTests
{
    [Theory]
    [InlineData("DOTNET_EnableAVX512", 512)]
    [InlineData("DOTNET_EnableAVX2", 256)]
    [InlineData("DOTNET_EnableHWIntrinsic", 128)]
    public void Process_SwitchOff_HasNoVectorsOfThatWidth(string name, int bits)
    {
        if (Environment.GetEnvironmentVariable(name) == "0") // a misspelt switch is ignored in silence, so look at what it did
        {
            Assert.False(bits switch
            {
                512 => Vector512.IsHardwareAccelerated,
                256 => Vector256.IsHardwareAccelerated,
                _ => Vector128.IsHardwareAccelerated,
            });
        }
    }

    /// <summary>One number for all the arithmetic of this project's kernels: equal under every switch, on every machine.</summary>
    [Fact]
    public void Kernels_AnyWidth_GiveTheBitsWrittenHere()
    {
        const int Length = 4099;
        float[] parameters = Formula(Length, 1), gradients = Formula(Length, 2);
        float[] means = new float[Length], squares = new float[Length], probabilities = new float[Length - 1];
        int[] chosen = new int[(Length - 1) / 6];
        ulong hash = 14695981039346656037;
        Mix(ref hash, Kernels.RmsPropStep(parameters, gradients, squares, 0.7f, 1e-2, 0.9, 1e-5, EpsilonPlace.OutsideRoot));
        Mix(ref hash, Kernels.AdamStep(parameters, gradients, means, squares, 0.7f, 1e-2, 0.9, 0.99, 1e-5, 3));
        Mix(ref hash, Kernels.SumOfSquares(parameters));
        Mix(ref hash, Kernels.SquaredDistance(parameters, gradients));
        Kernels.MixInto(parameters, gradients, 0.3f);
        Kernels.AddAndDivide(parameters, gradients, 3);
        Kernels.Scale(parameters, 7);
        Kernels.Softmax(parameters.AsSpan(0, Length - 1), probabilities, 6);
        Kernels.CategoricalSample(parameters.AsSpan(0, Length - 1), probabilities.AsSpan(0, chosen.Length), chosen);
        Array.ForEach(probabilities, probability => Mix(ref hash, probability));
        Kernels.LogSoftmax(parameters.AsSpan(0, Length - 1), probabilities, 6);
        Array.ForEach(probabilities, probability => Mix(ref hash, probability));
        Array.ForEach(chosen, action => Mix(ref hash, action));
        Assert.Equal(Kernels.RoundsOnce ? "d3055f363fb79b29" : "b6e424109fb79b29", $"{hash:x16}");
    }

    [Fact]
    public void SampledRmsPropStep_AnyWidth_GivesTheBitsWrittenHere()
    {
        const int Length = 4099;
        float[] parameters = Formula(Length, 1), mean = Formula(Length, 2), own = Formula(Length, 3), squares = new float[Length];
        ulong hash = 14695981039346656037;
        Mix(ref hash, Kernels.SumOfSampledSquares(mean, own, 0.5, 0.5, 1));
        Mix(ref hash, Kernels.SampledRmsPropStep(parameters, mean, own, squares, 0.5, 0.5, 1, 0.7f, 1e-2, 0.9, 1e-5, EpsilonPlace.OutsideRoot));
        Array.ForEach(parameters, parameter => Mix(ref hash, parameter));
        Array.ForEach(squares, square => Mix(ref hash, square));
        Assert.Equal("cac0a2e5e6a348e8", $"{hash:x16}");
    }

    [Fact]
    public void LstmKernels_AnyWidth_GiveTheBitsWrittenHere()
    {
        const int Length = 1027;
        float[] gates = Formula(4 * Length, 3), gateGradients = new float[4 * Length];
        float[] cells = Formula(Length, 1), outputs = new float[Length], nextCells = new float[Length];
        ulong hash = 14695981039346656037;
        Kernels.Scale(gates, 5);
        Kernels.LstmForward(gates, cells, outputs, nextCells);
        Array.ForEach(outputs, output => Mix(ref hash, output));
        Kernels.LstmBackward(gates, cells, nextCells, outputs, cells.AsSpan().ToArray(), gateGradients);
        Array.ForEach(gateGradients, gradient => Mix(ref hash, gradient));
        Assert.Equal(Kernels.RoundsOnce ? "d716966698383587" : "b218c80338383587", $"{hash:x16}");
    }

    private static float[] Formula(int length, int seed) =>
        [.. Enumerable.Range(0, length).Select(i => (((i * 7919 * seed) + 13) % 1009 / 504.5f) - 1)];

    private static void Mix(ref ulong hash, double value) => hash = (hash ^ BitConverter.DoubleToUInt64Bits(value)) * 1099511628211;
}
