using System.Text.Json;

namespace Gala.Networks.Tests;

/// <summary>Against PyTorch in double precision.</summary>
public class GoldenNetworkTests
{
    [Theory]
    [InlineData("minatar")]
    [InlineData("mlp")]
    [InlineData("strided")]
    public void ForwardAndBackward_GoldenNetwork_EqualPyTorch(string name)
    {
        JsonElement golden = GoldenNetworks.Find(name);
        using ManagedActorCritic network = GoldenNetworks.Create(name);
        int rows = network.Capacity;
        network.Forward(0, rows);
        AssertClose(golden.GetProperty("logits"), network.Logits(0, rows).ToArray());
        AssertClose(golden.GetProperty("values"), network.Values(0, rows).ToArray());
        double loss = SetGradientsOfLoss(network);
        Assert.Equal(golden.GetProperty("losses").GetProperty("total").GetDouble(), loss, 1e-5);
        network.Backward(0, rows);
        JsonElement[] gradients = [.. golden.GetProperty("gradients").EnumerateArray()];
        for (int t = 0; t < gradients.Length; t++)
        {
            ParameterTensor tensor = network.Spec.Layout.Tensors[t];
            float[] actual = network.Gradients[tensor.Name].ToArray();
            double norm = gradients[t].GetProperty("norm").GetDouble();
            Assert.Equal(norm, Math.Sqrt(actual.Sum(x => (double)x * x)), 1e-6 + (1e-5 * norm));
            int step = gradients[t].GetProperty("step").GetInt32();
            AssertClose(gradients[t].GetProperty("samples"), [.. actual.Where((_, i) => i % step == 0)]);
        }
    }

    // The loss and its gradients with respect to the outputs, as in tests/golden/make_golden.py.
    private static double SetGradientsOfLoss(ManagedActorCritic network)
    {
        double entropyCoefficient = GoldenNetworks.All.GetProperty("entropyCoefficient").GetDouble();
        double valueCoefficient = GoldenNetworks.All.GetProperty("valueCoefficient").GetDouble();
        (int rows, int actions) = (network.Capacity, network.Spec.Actions);
        float[] returns = GoldenNetworks.Returns(rows);
        double loss = 0;
        for (int row = 0; row < rows; row++)
        {
            double[] logits = [.. network.Logits(row, 1).ToArray().Select(x => (double)x)];
            double logSum = Math.Log(logits.Sum(Math.Exp));
            double[] logPolicy = [.. logits.Select(x => x - logSum)];
            double entropy = -logPolicy.Sum(x => Math.Exp(x) * x);
            double advantage = returns[row] - network.Values(row, 1)[0];
            loss += ((valueCoefficient * advantage * advantage) - (advantage * logPolicy[row % actions]) - (entropyCoefficient * entropy)) / rows;
            network.ValueGradients(row, 1)[0] = (float)(-2 * valueCoefficient * advantage / rows);
            for (int action = 0; action < actions; action++)
            {
                double probability = Math.Exp(logPolicy[action]);
                double policyGradient = advantage * (probability - (action == row % actions ? 1 : 0));
                double entropyGradient = entropyCoefficient * probability * (logPolicy[action] + entropy);
                network.LogitGradients(row, 1)[action] = (float)((policyGradient + entropyGradient) / rows);
            }
        }

        return loss;
    }

    private static void AssertClose(JsonElement expected, float[] actual)
    {
        double[] numbers = [.. expected.EnumerateArray().Select(x => x.GetDouble())];
        Assert.Equal(numbers.Length, actual.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            Assert.Equal(numbers[i], actual[i], 5e-6 + (1e-5 * Math.Abs(numbers[i])));
        }
    }
}
