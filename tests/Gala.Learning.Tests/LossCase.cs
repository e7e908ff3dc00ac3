namespace Gala.Learning.Tests;

/// <summary>Inputs and outputs of one loss, and the loss itself written out in double as its formula stands.</summary>
internal sealed class LossCase(int rows, int actionCount)
{
    public float[] Logits { get; } = new float[rows * actionCount];

    public int[] Actions { get; } = new int[rows];

    public float[] Values { get; } = new float[rows];

    public float[] Returns { get; } = new float[rows];

    public float[] Advantages { get; } = new float[rows];

    public float[] LogitGradients { get; } = Enumerable.Repeat(1e9f, rows * actionCount).ToArray();

    public float[] ValueGradients { get; } = Enumerable.Repeat(1e9f, rows).ToArray();

    public static LossCase Draw(int rows, int actionCount, int seed, float scale = 3)
    {
        Random random = new(seed);
        LossCase drawn = new(rows, actionCount);
        foreach (float[] inputs in (float[][])[drawn.Logits, drawn.Values, drawn.Returns, drawn.Advantages])
        {
            for (int i = 0; i < inputs.Length; i++)
            {
                inputs[i] = (random.NextSingle() - 0.5f) * 2 * scale;
            }
        }

        for (int row = 0; row < rows; row++)
        {
            drawn.Actions[row] = random.Next(actionCount);
        }

        return drawn;
    }

    public LossStatistics Compute(A2CCoefficients coefficients) =>
        A2CLoss.Compute(Logits, Actions, Values, Returns, Advantages, coefficients, LogitGradients, ValueGradients);

    public double Reference(double[] logits, double[] values, A2CCoefficients coefficients)
    {
        double loss = 0;
        for (int row = 0; row < rows; row++)
        {
            double[] z = logits[(row * actionCount)..((row + 1) * actionCount)];
            double[] probabilities = [.. z.Select(logit => Math.Exp(logit) / z.Sum(Math.Exp))];
            double error = Returns[row] - values[row];
            loss += coefficients.Value * error * error;
            loss -= Advantages[row] * Math.Log(probabilities[Actions[row]]);
            loss -= coefficients.Entropy * -probabilities.Sum(p => p * Math.Log(p));
        }

        return loss / rows;
    }
}
