using Gala.Environments;
using Gala.Reproductions;
using Gala.Runs;

namespace Gala.Tests.Reproductions;

public sealed class SyncCostTests
{
    [Theory]
    [InlineData(4, 1, 1.96)]
    [InlineData(4, 64, 1.13)]
    [InlineData(16, 1, 3.35)]
    [InlineData(16, 4, 2.07)]
    [InlineData(16, 16, 1.49)]
    [InlineData(16, 128, 1.165)]
    [InlineData(64, 1, 4.74)]
    [InlineData(64, 512, 1.11)]
    public void Slowdown_ExponentialSteps_IsThatOfTheTable(int simulators, int interval, double expected) =>
        Assert.Equal(expected, SyncCostModel.Slowdown(simulators, interval, shape: 1), 0.0051);

    [Theory]
    [InlineData(16, 4, 1.0)]
    [InlineData(16, 64, 0.25)]
    [InlineData(64, 16, 1.0)]
    public void Slowdown_BesideSimulatedStepTimes_IsWithinOnePercent(int simulators, int interval, double shape)
    {
        const int Samples = 10_000;
        StepTimes times = StepTimes.Gamma(interval * shape, TimeSpan.FromSeconds(1));
        double simulated = Enumerable.Range(0, Samples).Average(sample =>
            Enumerable.Range(0, simulators).Max(simulator => times.Draw((ulong)simulator, (ulong)sample).TotalSeconds));
        Assert.Equal(simulated, SyncCostModel.Slowdown(simulators, interval, shape), 0.01 * simulated);
    }

    [Fact]
    public void Cumulative_WholeShapes_IsTheSumOfPoisson()
    {
        foreach (int shape in (int[])[1, 2, 7, 40])
        {
            foreach (double x in (double[])[0.01, 0.5, 3, 9, 41, 80])
            {
                (double term, double sum) = (Math.Exp(-x), 0);
                for (int i = 1; i <= shape; i++)
                {
                    sum += term;
                    term *= x / i;
                }

                Assert.Equal(1 - sum, GammaDistribution.Cumulative(shape, x), 1e-13);
            }
        }
    }

    [Theory]
    [InlineData(0.25, 0.99)]
    [InlineData(1, 0.5)]
    [InlineData(16, 0.001)]
    public void Quantile_OfAProbability_HasIt(double shape, double probability) =>
        Assert.Equal(probability, GammaDistribution.Cumulative(shape, GammaDistribution.Quantile(shape, probability)), 1e-12);

    [Fact]
    public void Cumulative_ShapeOneHalf_IsTheErrorFunction() =>
        Assert.Equal(0.8427007929497149, GammaDistribution.Cumulative(0.5, 1), 1e-13); // erf 1

    [Fact]
    public void StepSynchronousA2C_LearnsWhatA2CLearns()
    {
        RunOptions options = SyncCostMeasurement.Options("a2c", shape: 1, simulators: 4, interval: 5) with { Environment = "classic/cartpole:limit=9" };
        using Gala.Architectures.AgentGroup group = AgentFactory.Create(options, _ => { });
        using StepSynchronousA2C a2c = new(options);
        for (int i = 0; i < 20; i++)
        {
            a2c.Iterate();
        }

        Architectures.Loops.Run(group.Agents, 20);
        Assert.Equal(Architectures.Loops.Parameters(group.Agents[0]), a2c.Parameters);
    }

    [Fact]
    public void Measure_FewSteps_CannotBeFasterThanTheSimulators()
    {
        const double ShortestPossible = 0.5; // few random steps may be short ones
        Assert.True(SyncCostMeasurement.MeasureSynchronous(SyncCostMeasurement.Options("a2c", shape: 16, simulators: 2, interval: 4), steps: 8) > ShortestPossible);
        Assert.True(SyncCostMeasurement.MeasureHts(SyncCostMeasurement.Options("hts", shape: 16, simulators: 2, interval: 4), steps: 8) > ShortestPossible);
    }

    [Theory]
    [InlineData(1.0, Outcome.Holds, Outcome.Holds)]
    [InlineData(1.5, Outcome.Unclear, Outcome.DoesNotHold)] // 3.35 / 1.24 / 1.5 is below 2, 5.9 / 1.49 / 1.5 above
    [InlineData(3.0, Outcome.DoesNotHold, Outcome.DoesNotHold)]
    public void Report_OfMadeUpTimes_JudgesSpeedAndFormula(double slower, Outcome speed, Outcome formula)
    {
        List<SyncCostRow> rows = [];
        foreach ((double shape, int simulators, int interval) in
            from shape in (double[])[1, 0.25] from simulators in (int[])[4, 16] from interval in (int[])[1, 4, 16, 64] select (shape, simulators, interval))
        {
            double synchronous = shape == 1 ? 3.35 : 5.9;
            rows.Add(new SyncCostRow(shape, simulators, interval, Seed: 1, synchronous, slower * SyncCostModel.Slowdown(simulators, interval, shape)));
        }

        ReproductionReport report = SyncCostReproduction.Report(new ReproductionSettings { Folder = "", Seeds = 1 }, steps: 64, rows);

        Assert.Equal([speed, formula], report.Verdicts.Select(verdict => verdict.Outcome));
        Assert.Equal(16, report.Tables[0].Rows.Count);
        Assert.Equal(["0.25", "16", "5.9 (5.9)"], report.Tables[1].Rows[3].Take(3));
        Assert.Contains("HTS-RL, formula", report.Charts[0].Picture.ToSvg(), StringComparison.Ordinal);
    }
}
