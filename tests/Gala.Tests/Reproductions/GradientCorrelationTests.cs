using Gala.Networks;
using Gala.Reproductions;
using Gala.Tests.Runs;

namespace Gala.Tests.Reproductions;

public sealed class GradientCorrelationTests
{
    [Theory]
    [InlineData(new float[] { 1, 0 }, new float[] { 0, 2 }, 0)]
    [InlineData(new float[] { 3, 4 }, new float[] { 6, 8 }, 1)]
    [InlineData(new float[] { 1, 1 }, new float[] { -1, -1 }, -1)]
    [InlineData(new float[] { 1, 0 }, new float[] { 1, 1 }, 0.70710678)]
    [InlineData(new float[] { 0, 0 }, new float[] { 1, 1 }, 0)]
    public void Cosine_OfTwoVectors_IsThatOfTheirAngle(float[] left, float[] right, double cosine) =>
        Assert.Equal(cosine, CosineMatrix.Cosine(left, right), 1e-7);

    [Fact]
    public void Means_OverSets_AreSymmetricWithOnesOnTheDiagonal()
    {
        CosineMatrix cosines = new(2);
        using ParameterVector first = Vector(1, 0), second = Vector(0, 1), third = Vector(2, 0);

        Assert.Equal(0, cosines.Add([first, second]));
        Assert.Equal(1, cosines.Add([first, third]));

        Assert.Equal([[1, 0.5], [0.5, 1]], cosines.Means());
    }

    [Fact]
    public void Run_AFewRounds_HasARowForEachMethodAndIsRepeatable()
    {
        using TemporaryFolder folder = new();
        IReproduction reproduction = ReproductionList.All.Single(candidate => candidate.Name == "gradient-correlation");
        ReproductionSettings settings = new() { Folder = folder["out"], Quick = true, Seeds = 1, Frames = 3_200, Games = ["breakout"] };

        IReadOnlyList<IReadOnlyList<string>>[] rows =
            [.. Enumerable.Range(0, 2).Select(_ => reproduction.Run(settings, _ => { }, CancellationToken.None).Tables[0].Rows)];

        Assert.Equal(3, rows[0].Count);
        Assert.Equal(rows[0].SelectMany(row => row), rows[1].SelectMany(row => row));
        Assert.Equal(3, rows[0].Select(row => row[1]).Distinct().Count());
    }

    private static ParameterVector Vector(float x, float y)
    {
        ParameterVector vector = new(new ParameterLayout([("both", (int[])[2])]));
        vector.Span[0] = x;
        vector.Span[1] = y;
        return vector;
    }
}
