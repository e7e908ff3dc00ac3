namespace Gala.Numerics.Tests;

public class SigmoidTests
{
    public static TheoryData<int> Lengths => [.. Padded.Lengths];

    [Theory, MemberData(nameof(Lengths))]
    public void Sigmoid_AnyLength_GivesEachElementTheSameBitsAndNoOther(int length)
    {
        Padded elements = Padded.Input(length, seed: 1, low: -9, high: 9);
        float[] expected = elements.ToArray();
        for (int i = 0; i < length; i++)
        {
            Kernels.Sigmoid(expected.AsSpan(i, 1));
            Assert.Equal(1 / (1 + Math.Exp(-elements.Span[i])), expected[i], 2e-7);
        }

        Kernels.Sigmoid(elements.Span);
        elements.AssertHolds(expected);
    }
}
