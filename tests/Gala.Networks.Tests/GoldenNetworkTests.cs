using System.Text.Json;
using Gala.Numerics;

namespace Gala.Networks.Tests;

/// <summary>Against PyTorch in double precision.</summary>
public class GoldenNetworkTests
{
    [Theory]
    [InlineData("minatar")]
    [InlineData("mlp")]
    [InlineData("strided")]
    [InlineData("lstm")]
    [InlineData("residual")]
    public void ForwardAndBackward_GoldenNetwork_EqualPyTorch(string name)
    {
        JsonElement golden = GoldenNetworks.Find(name);
        using ManagedActorCritic network = GoldenNetworks.Create(name);
        int rows = network.Capacity;
        Forward(network);
        AssertClose(golden.GetProperty("logits"), network.Logits(0, rows).ToArray());
        AssertClose(golden.GetProperty("values"), network.Values(0, rows).ToArray());
        double loss = SetGradientsOfLoss(network);
        Assert.Equal(golden.GetProperty("losses").GetProperty("total").GetDouble(), loss, 1e-5);
        Backward(network);
        AssertTensorsClose(golden.GetProperty("gradients"), network.Gradients);
    }

    [Theory]
    [InlineData("minatar", "rmsprop")]
    [InlineData("minatar", "adam")]
    [InlineData("mlp", "rmsprop")]
    [InlineData("mlp", "adam")]
    [InlineData("strided", "rmsprop")]
    [InlineData("strided", "adam")]
    [InlineData("lstm", "rmsprop")]
    [InlineData("lstm", "adam")]
    [InlineData("residual", "rmsprop")]
    [InlineData("residual", "adam")]
    public void TenUpdates_GoldenNetwork_EqualPyTorch(string name, string optimizerName)
    {
        JsonElement golden = GoldenNetworks.Find(name).GetProperty("after").GetProperty(optimizerName);
        JsonElement settings = golden.GetProperty("settings");
        using ManagedActorCritic network = GoldenNetworks.Create(name);
        using IOptimizer optimizer = CreateOptimizer(optimizerName, network.Parameters.Length, settings);
        foreach (JsonElement norm in golden.GetProperty("gradientNorms").EnumerateArray())
        {
            Forward(network);
            _ = SetGradientsOfLoss(network);
            Backward(network);
            double actual = Math.Sqrt(Kernels.SumOfSquares(network.Gradients.Span));
            Assert.Equal(norm.GetDouble(), actual, 1e-4 * norm.GetDouble());
            optimizer.Step(network.Gradients.Span, network.Parameters.Span, GradientClipping.Scale(actual, GoldenNetworks.All.GetProperty("clip").GetDouble()));
            network.ParametersChanged();
        }

        AssertTensorsClose(golden.GetProperty("parameters"), network.Parameters);
    }

    private static void Forward(ManagedActorCritic network)
    {
        int simulators = GoldenNetworks.Simulators(network.Spec.Name);
        network.Unroll(0, network.Capacity / simulators, simulators, GoldenNetworks.Ended(network.Spec.Name));
    }

    private static void Backward(ManagedActorCritic network)
    {
        int simulators = GoldenNetworks.Simulators(network.Spec.Name);
        network.Backward(0, network.Capacity / simulators, simulators, GoldenNetworks.Ended(network.Spec.Name));
    }

    private static IOptimizer CreateOptimizer(string name, int length, JsonElement settings)
    {
        double rate = settings.GetProperty("lr").GetDouble(), epsilon = settings.GetProperty("eps").GetDouble();
        return name switch
        {
            "adam" => new Adam(length, rate, epsilon: epsilon),
            _ => new RmsProp(length, rate, settings.GetProperty("alpha").GetDouble(), epsilon),
        };
    }

    private static void AssertTensorsClose(JsonElement expected, ParameterVector actual)
    {
        JsonElement[] tensors = [.. expected.EnumerateArray()];
        Assert.Equal(actual.Layout.Tensors.Count, tensors.Length);
        for (int t = 0; t < tensors.Length; t++)
        {
            float[] elements = actual[actual.Layout.Tensors[t].Name].ToArray();
            double norm = tensors[t].GetProperty("norm").GetDouble();
            Assert.Equal(norm, Math.Sqrt(elements.Sum(x => (double)x * x)), 1e-6 + (1e-5 * norm));
            int step = tensors[t].GetProperty("step").GetInt32();
            AssertClose(tensors[t].GetProperty("samples"), [.. elements.Where((_, i) => i % step == 0)]);
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
