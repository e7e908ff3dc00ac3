namespace Gala.Numerics;

/// <summary>Gradients through activations, from the activations' outputs.</summary>
internal static unsafe class ActivationGradients<TOps, TVector>
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public static void Relu(float* outputs, float* gradients, int length)
    {
        nint i = 0;
        for (; i + TOps.Lanes <= length; i += TOps.Lanes)
        {
            TOps.Store(TOps.KeepWherePositive(TOps.Load(outputs + i), TOps.Load(gradients + i)), gradients + i);
        }

        for (; i < length; i++)
        {
            gradients[i] = OpsScalar.KeepWherePositive(outputs[i], gradients[i]);
        }
    }

    public static void Tanh(float* outputs, float* gradients, int length)
    {
        nint i = 0;
        for (; i + TOps.Lanes <= length; i += TOps.Lanes)
        {
            TOps.Store(TOps.TanhGradient(TOps.Load(outputs + i), TOps.Load(gradients + i)), gradients + i);
        }

        for (; i < length; i++)
        {
            gradients[i] = OpsScalar.TanhGradient(outputs[i], gradients[i]);
        }
    }
}
