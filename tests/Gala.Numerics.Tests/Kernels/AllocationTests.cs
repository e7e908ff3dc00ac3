namespace Gala.Numerics.Tests;

public sealed class AllocationTests
{
    private static readonly float[] Parameters = new float[1000], Gradients = new float[1000], Means = new float[1000];
    private static readonly float[] Squares = new float[1000], Logits = new float[96], Uniforms = new float[16];
    private static readonly int[] Chosen = new int[16];

    public static TheoryData<string> Names() => [.. Work.Keys];

    private static Dictionary<string, Action> Work { get; } = new()
    {
        ["rmsprop"] = () => Kernels.RmsPropStep(Parameters, Gradients, Squares, 1, 1e-3, 0.9, 1e-5, EpsilonPlace.OutsideRoot),
        ["sampled rmsprop"] = () => Kernels.SampledRmsPropStep(
            Parameters, Gradients, Means, Squares, 0.5, 0.5, Kernels.SumOfSampledSquares(Gradients, Means, 0.5, 0.5, 1), 1, 1e-3, 0.9, 1e-5, EpsilonPlace.OutsideRoot),
        ["adam"] = () => Kernels.AdamStep(Parameters, Gradients, Means, Squares, 1, 1e-3, 0.9, 0.99, 1e-5, 1),
        ["descent"] = () => Kernels.SgdStep(Parameters, Gradients, 1, 1e-3),
        ["softmax"] = () => Kernels.Softmax(Logits, Logits, 6),
        ["log-softmax"] = () => Kernels.LogSoftmax(Logits, Logits, 6),
        ["many actions"] = () => Kernels.Softmax(Parameters, Parameters, 500),
        ["sample"] = () => Kernels.CategoricalSample(Logits, Uniforms, Chosen),
        ["reductions"] = () => _ = Kernels.SumOfSquares(Parameters) + Kernels.SquaredDistance(Parameters, Means) + Kernels.MaxAbsolute(Squares),
        ["lstm"] = () =>
        {
            Kernels.LstmForward(Parameters.AsSpan(0, 92), Means.AsSpan(0, 23), Squares.AsSpan(0, 23), Squares.AsSpan(23, 23));
            Kernels.LstmBackward(
                Parameters.AsSpan(0, 92), Means.AsSpan(0, 23), Squares.AsSpan(23, 23), Squares.AsSpan(0, 23), Means.AsSpan(23, 23), Gradients.AsSpan(0, 92));
        },
        ["mixing"] = () => Kernels.AddAndDivide(Parameters, Means, 2),
    };

    [Theory, MemberData(nameof(Names))]
    public void Kernel_CalledAgain_AllocatesNothing(string name)
    {
        Action work = Work[name];
        work();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            work();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
