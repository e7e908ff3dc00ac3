using Gala.Networks;

namespace Gala.Learning.Tests;

public sealed class SampledGradientTests
{
    [Theory]
    [InlineData(4, 2)]
    [InlineData(4, 3)]
    [InlineData(5, 2)]
    [InlineData(7, 4)]
    [InlineData(3, 3)]
    public void SquaredNorm_OverAllSamplesOfAFewAgents_AveragesTheSquareOfTheMeanOfAll(int agents, int sampled)
    {
        double[] gradients = [.. Enumerable.Range(0, agents).Select(i => 2 + Math.Sin(3 * i))]; // far enough from 0 that no estimate is held up
        (double sum, int count) = (0, 0);
        for (int set = 0; set < 1 << agents; set++)
        {
            int[] members = [.. Enumerable.Range(0, agents).Where(i => (set >> i & 1) == 1)];
            if (members.Length != sampled)
            {
                continue;
            }

            float mean = (float)members.Average(i => gradients[i]);
            foreach (int own in members)
            {
                SampledGradient gradient = new([mean], [(float)gradients[own]], 1.0 / sampled, 1.0 / sampled, agents);
                sum += gradient.SquaredNorm();
                count++;
            }
        }

        Assert.Equal(Math.Pow(gradients.Average(), 2), sum / count, 1e-5);
    }

    [Fact]
    public void CrossFactor_PairOfMany_IsTheMeansSquareLessItsShareOfTheVariance()
    {
        const int Agents = 9;
        foreach ((float one, float other) in ((float, float)[])[(3, 5), (1.5f, 0.25f), (2, 2)])
        {
            float mean = (one + other) / 2;
            double variance = 0.5 * (one - other) * (one - other);
            SampledGradient gradient = new([mean], [one], 0.5, 0.5, Agents);
            Assert.Equal((mean * mean) - ((0.5 - (1.0 / Agents)) * variance), gradient.SquaredNorm(), 1e-5);
        }
    }

    [Theory]
    [InlineData(0.5, 0.5, 0)] // a pair
    [InlineData(0.6, 0.3, 0.1)] // as push-sum has them
    [InlineData(0.2, 0.2, 0.6)]
    public void Step_GradientsThatAreGaussian_TracksTheMeanSquareOfTheMeanOfAll(double own, double second, double third)
    {
        const int Agents = 6, Length = 16, Rounds = 20_000;
        const double Signal = 0.3, Noise = 1;
        Random random = new(5);
        using RmsProp optimizer = new(Length, learningRate: 0, decay: 0.9999);
        float[] parameters = new float[Length], mine = new float[Length], mean = new float[Length];
        double squaredWeights = (own * own) + (second * second) + (third * third);
        double norms = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < Length; i++)
            {
                double g = Gradient();
                (mine[i], mean[i]) = ((float)g, (float)((own * g) + (second * Gradient()) + (third * Gradient())));
            }

            SampledGradient gradient = new(mean, mine, own, squaredWeights, Agents);
            _ = gradient.Step(optimizer, parameters, 1);
            norms += gradient.SquaredNorm();
        }

        double expected = (Signal * Signal) + (Noise * Noise / Agents);
        double tracked = optimizer.State("rmsprop.meanSquare").ToArray().Average() / (1 - Math.Pow(0.9999, Rounds));
        Assert.Equal(expected, tracked, 0.02 * expected);
        Assert.InRange(norms / Rounds / Length, 0.98 * expected, 1.35 * expected); // no norm is below that of noise alone

        double Gradient() => Signal + (Noise * Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    [Fact]
    public void Step_SampleOfAll_IsThatOfOneGradientToTheBit()
    {
        using RmsProp sampled = new(3, 0.1), plain = new(3, 0.1);
        float[] first = new float[3], second = new float[3], mean = [1, -2, 0.5f];
        SampledGradient gradient = new(mean, [3, 4, 5], 0.25, 0.25, agents: 4);
        Assert.True(gradient.IsOfAll);
        Assert.Equal(plain.Step(mean, second, 0.3f), gradient.Step(sampled, first, 0.3f));
        Assert.Equal(second, first);
        Assert.Equal(plain.State("rmsprop.meanSquare").ToArray(), sampled.State("rmsprop.meanSquare").ToArray());
    }

    [Fact]
    public void Factors_OwnGradientAloneOrMissing_CountNoProduct()
    {
        SampledGradient alone = new([1], [1], ownWeight: 1, squaredWeights: 1, agents: 4);
        Assert.Equal((0.25, 0, false), (alone.MeanFactor, alone.CrossFactor, alone.IsOfAll));
        SampledGradient missing = new([1], [0], ownWeight: 0, squaredWeights: 0.5, agents: 4);
        Assert.Equal((0.5, 0, false), (missing.MeanFactor, missing.CrossFactor, missing.IsOfAll));
        Assert.True(new SampledGradient([1], [1], 1, 1, agents: 1).IsOfAll);
    }
}
