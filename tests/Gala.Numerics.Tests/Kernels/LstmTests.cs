namespace Gala.Numerics.Tests;

public class LstmTests
{
    public static TheoryData<int> Lengths => [.. Padded.Lengths];

    [Theory, MemberData(nameof(Lengths))]
    public void LstmForward_AnyLength_EqualsTheDefinitionInDouble(int length)
    {
        Padded gates = Draw(4 * length, seed: 1, bound: 3), cells = Padded.Input(length, seed: 2, -2, 2);
        Padded outputs = Padded.Output(length), nextCells = Padded.Output(length);
        float[] before = gates.ToArray();
        Kernels.LstmForward(gates.Span, cells.Span, outputs.Span, nextCells.Span);
        for (int n = 0; n < length; n++)
        {
            LstmCell cell = LstmCell.Of(before[n], before[length + n], before[(2 * length) + n], before[(3 * length) + n], cells.Span[n]);
            AssertClose(cell.Input, gates.Span[n]);
            AssertClose(cell.Forget, gates.Span[length + n]);
            AssertClose(cell.Candidate, gates.Span[(2 * length) + n]);
            AssertClose(cell.Output, gates.Span[(3 * length) + n]);
            AssertClose(cell.Next, nextCells.Span[n]);
            AssertClose(cell.Hidden, outputs.Span[n]);
        }

        gates.AssertMarginsUntouched();
        outputs.AssertMarginsUntouched();
        nextCells.AssertMarginsUntouched();
    }

    [Theory, MemberData(nameof(Lengths))]
    public void LstmBackward_AnyLength_EqualsFiniteDifferencesInDouble(int length)
    {
        Padded gates = Draw(4 * length, seed: 1, bound: 3), cells = Padded.Input(length, seed: 2, -2, 2);
        float[] before = gates.ToArray(), outputs = new float[length], nextCells = new float[length];
        Kernels.LstmForward(gates.Span, cells.Span, outputs, nextCells);
        Padded outputGradients = Padded.Input(length, seed: 3), cellGradients = Padded.Input(length, seed: 4);
        Padded gateGradients = Padded.Output(4 * length);
        float[] nextCellGradients = cellGradients.ToArray();
        Kernels.LstmBackward(gates.Span, cells.Span, nextCells, outputGradients.Span, cellGradients.Span, gateGradients.Span);
        for (int n = 0; n < length; n++)
        {
            double[] arguments = [before[n], before[length + n], before[(2 * length) + n], before[(3 * length) + n], cells.Span[n]];
            (double outputGradient, double cellGradient) = (outputGradients.Span[n], nextCellGradients[n]);
            for (int gate = 0; gate < 4; gate++)
            {
                AssertClose(Difference(arguments, gate, outputGradient, cellGradient), gateGradients.Span[(gate * length) + n]);
            }

            AssertClose(Difference(arguments, 4, outputGradient, cellGradient), cellGradients.Span[n]);
        }

        gateGradients.AssertMarginsUntouched();
        cellGradients.AssertMarginsUntouched();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(33)]
    public void LstmForwardAndBackward_EqualCells_HaveTheSameBitsWhereverTheyLie(int length)
    {
        (float[] gates, float[] gradients) = Repeat(length);
        (float[] expectedGates, float[] expectedGradients) = Repeat(1);
        for (int i = 0; i < gates.Length; i++)
        {
            Assert.Equal(expectedGates[i / length], gates[i]);
            Assert.Equal(expectedGradients[i / length], gradients[i]);
        }
    }

    [Fact]
    public void LstmForward_GatesFarOut_AreZeroAndOne()
    {
        float[] gates = [-1e9f, 1e9f, 1e9f, float.PositiveInfinity], output = new float[1], nextCell = new float[1];
        Kernels.LstmForward(gates, [0.25f], output, nextCell);
        Assert.Equal([0f, 1f, 1f, 1f], gates);
        Assert.Equal(0.25f, nextCell[0]);
        Assert.Equal(Math.Tanh(0.25), output[0], 1e-7);
    }

    [Fact]
    public void LstmForward_ThreeGatesInsteadOfFour_ThrowsNamingThem()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Kernels.LstmForward(new float[6], new float[2], new float[2], new float[2]));
        Assert.Equal("gates", error.ParamName);
    }

    [Fact]
    public void LstmBackward_GateGradientsOneShort_ThrowsNamingThem()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            Kernels.LstmBackward(new float[8], new float[2], new float[2], new float[2], new float[2], new float[7]));
        Assert.Equal("gateGradients", error.ParamName);
    }

    private static (float[] Gates, float[] GateGradients) Repeat(int length)
    {
        float[] gates = [.. new[] { 0.3f, -1.2f, 0.7f, 2.1f }.SelectMany(gate => Enumerable.Repeat(gate, length))];
        float[] cells = [.. Enumerable.Repeat(0.9f, length)], outputs = new float[length], nextCells = new float[length];
        Kernels.LstmForward(gates, cells, outputs, nextCells);
        float[] gateGradients = new float[4 * length];
        Kernels.LstmBackward(gates, cells, nextCells, outputs, [.. Enumerable.Repeat(-0.4f, length)], gateGradients);
        return (gates, gateGradients);
    }

    private static Padded Draw(int length, int seed, float bound) => Padded.Input(length, seed, -bound, bound);

    private static double Difference(double[] arguments, int index, double outputGradient, double cellGradient)
    {
        const double Step = 1e-6;
        double Loss(double shift)
        {
            double[] moved = [.. arguments];
            moved[index] += shift;
            LstmCell cell = LstmCell.Of(moved[0], moved[1], moved[2], moved[3], moved[4]);
            return (outputGradient * cell.Hidden) + (cellGradient * cell.Next);
        }

        return (Loss(Step) - Loss(-Step)) / (2 * Step);
    }

    private static void AssertClose(double expected, float actual) =>
        Assert.True(Math.Abs(expected - actual) <= 1e-6 + (1e-6 * Math.Abs(expected)), $"{actual}, expected {expected}.");

    private readonly record struct LstmCell(double Input, double Forget, double Candidate, double Output, double Next, double Hidden)
    {
        public static LstmCell Of(double input, double forget, double candidate, double output, double cell)
        {
            (double i, double f, double g, double o) = (Logistic(input), Logistic(forget), Math.Tanh(candidate), Logistic(output));
            double next = (f * cell) + (i * g);
            return new LstmCell(i, f, g, o, next, o * Math.Tanh(next));
        }

        private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
    }
}
