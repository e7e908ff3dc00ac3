using Gala.Numerics;

namespace Gala.Networks;

/// <summary>One layer at work: it reads its input buffer, owns its output buffer, and keeps its weights packed for the kernels.</summary>
internal abstract unsafe class Layer(RowBuffer input, RowBuffer output, Activation activation) : IDisposable
{
    /// <summary>The outputs, kept for the backward pass.</summary>
    public RowBuffer Output => output;

    /// <summary>The inputs; the layer before owns them.</summary>
    protected RowBuffer Input => input;

    /// <summary>What a rectifying kernel raises outputs to.</summary>
    protected float Floor => activation == Activation.Relu ? 0 : float.NegativeInfinity;

    /// <summary>Packs the weights anew.</summary>
    public abstract void Pack(float* weights);

    /// <summary>Computes outputs from inputs.</summary>
    public void Forward(int firstRow, int rows, float* bias)
    {
        Multiply(firstRow, rows, bias);
        if (activation == Activation.Tanh)
        {
            Kernels.Tanh(output.ValueSpan(firstRow, rows));
        }
    }

    /// <summary>Computes the gradients of weights, biases and, where the input buffer has them, of inputs, from those of the outputs.</summary>
    /// <param name="firstRow">First row.</param>
    /// <param name="rows">Number of rows to sum over.</param>
    /// <param name="weightGradients">Holds zeros; same shape as the weights.</param>
    /// <param name="biasGradients">Holds zeros.</param>
    public void Backward(int firstRow, int rows, float* weightGradients, Span<float> biasGradients)
    {
        PassActivation(firstRow, rows);
        AddWeightGradients(firstRow, rows, weightGradients, biasGradients);
        if (input.HasGradients)
        {
            SetInputGradients(firstRow, rows);
        }
    }

    public void Dispose()
    {
        DisposeWeights();
        output.Dispose();
    }

    protected abstract void Multiply(int firstRow, int rows, float* bias);

    protected abstract void AddWeightGradients(int firstRow, int rows, float* weightGradients, Span<float> biasGradients);

    protected abstract void SetInputGradients(int firstRow, int rows);

    protected abstract void DisposeWeights();

    private void PassActivation(int firstRow, int rows)
    {
        switch (activation)
        {
            case Activation.Relu:
                Kernels.MultiplyByReluGradient(output.ValueSpan(firstRow, rows), output.GradientSpan(firstRow, rows));
                break;
            case Activation.Tanh:
                Kernels.MultiplyByTanhGradient(output.ValueSpan(firstRow, rows), output.GradientSpan(firstRow, rows));
                break;
            default:
                break;
        }
    }
}
