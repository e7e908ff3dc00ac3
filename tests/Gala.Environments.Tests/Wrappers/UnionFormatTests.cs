using Gala.Numerics;

namespace Gala.Environments.Tests;

public class UnionFormatTests
{
    [Fact]
    public void Of_FiveMinAtarGames_HasTheUnionOfTheirPlanes()
    {
        string[] games = ["asterix", "breakout", "freeway", "seaquest", "space_invaders"];
        EnvironmentSpec[] members = [.. games.Select(game => EnvironmentRegistry.Default.Create("minatar/" + game).Spec)];
        EnvironmentSpec spec = new UnionFormat(members).Of(members[3]);

        // 4 + 4 + 7 + 10 + 6 planes, of which three games have a trail and two have each kind of bullet.
        Assert.Equal(new TensorShape(10, 10, 31 - 2 - 2), spec.Observation);
        Assert.Equal(27, spec.ChannelNames.Distinct().Count());
        Assert.Equal(["no-op", "left", "up", "right", "down", "fire"], spec.ActionNames);
        Assert.Equal(("minatar/seaquest", 6), (spec.Id, spec.Actions));
        Assert.Equal(members[3].RewardRange, spec.RewardRange);
    }

    [Fact]
    public void Of_NamedActions_AreJoinedByName()
    {
        EnvironmentSpec[] members = [Named("a", ["no-op", "left", "right"]), Named("b", ["no-op", "up", "left"])];
        UnionFormat format = new(members);
        Assert.Equal(["no-op", "left", "right", "up"], format.Of(members[0]).ActionNames);
        Assert.Equal([0, 1, 2, 0], format.ActionsOf(members[0]));
        Assert.Equal([0, 2, 0, 1], format.ActionsOf(members[1]));
    }

    [Fact]
    public void Of_OneWithoutNames_JoinsActionsByNumber()
    {
        EnvironmentSpec[] members = [Named("a", ["left", "right"]), new() { Id = "b", Observation = new(1, 1, 1), Actions = 4 }];
        UnionFormat format = new(members);
        Assert.Equal(4, format.Of(members[0]).Actions);
        Assert.Empty(format.Of(members[0]).ActionNames);
        Assert.Equal([0, 1, 0, 0], format.ActionsOf(members[0]));
        Assert.Equal([0, 1, 2, 3], format.ActionsOf(members[1]));
    }

    [Fact]
    public void PlacesOf_ChannelsWithoutNames_AreTheEnvironmentsOwn()
    {
        EnvironmentSpec named = new() { Id = "a", Observation = new(1, 2, 2), Actions = 1, ChannelNames = ["x", "y"] };
        EnvironmentSpec unnamed = new() { Id = "b", Observation = new(1, 2, 1), Actions = 1 };
        EnvironmentSpec twice = new() { Id = "c", Observation = new(1, 2, 2), Actions = 1, ChannelNames = ["x", "x"] };
        UnionFormat format = new([named, unnamed, twice]);
        Assert.Equal(new TensorShape(1, 2, 5), format.Of(unnamed).Observation);
        Assert.Equal([0, 1, 5, 6], format.PlacesOf(named));
        Assert.Equal([2, 7], format.PlacesOf(unnamed));
        Assert.Equal([3, 4, 8, 9], format.PlacesOf(twice));
    }

    [Fact]
    public void Of_Vectors_AreJoinedElementByElement()
    {
        EnvironmentSpec[] members =
            [EnvironmentRegistry.Default.Create("classic/cartpole").Spec, EnvironmentRegistry.Default.Create("memory/cue").Spec];
        UnionFormat format = new(members);
        Assert.Equal(TensorShape.Vector(8), format.Of(members[0]).Observation);
        Assert.Equal([4, 5, 6, 7], format.PlacesOf(members[1]));
        Assert.Equal(["left", "right"], format.Of(members[1]).ActionNames);
    }

    [Fact]
    public void Format_SizesOrFrameSkipsDiffer_ThrowsNamingBoth()
    {
        EnvironmentSpec image = new() { Id = "a", Observation = new(10, 10, 1), Actions = 1 };
        AssertNamesBoth("10x10x1", [image, image with { Id = "b", Observation = new(10, 9, 1) }]);
        AssertNamesBoth("frame skips are 1 and 4", [image, image with { Id = "b", FrameSkip = 4 }]);
    }

    private static void AssertNamesBoth(string what, EnvironmentSpec[] members)
    {
        string message = Assert.Throws<ArgumentException>(() => new UnionFormat(members)).Message;
        Assert.Contains("a and b", message, StringComparison.Ordinal);
        Assert.Contains(what, message, StringComparison.Ordinal);
    }

    private static EnvironmentSpec Named(string id, string[] actions) =>
        new() { Id = id, Observation = new(1, 1, 1), Actions = actions.Length, ActionNames = actions };
}
