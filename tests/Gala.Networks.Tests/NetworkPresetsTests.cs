using System.Text.RegularExpressions;
using Gala.Numerics;

namespace Gala.Networks.Tests;

public class NetworkPresetsTests
{
    private static readonly TensorShape Screen = new(84, 84, 4);
    private static readonly TensorShape Board = new(10, 10, 4);
    private static readonly int[] Sides = [.. Enumerable.Range(1, 12), 35, 36, 50, 84]; // low and narrow, where no convolution fits, and large

    // 8·8·4·16 + 16, 4·4·16·32 + 32, 9·9·32·256 + 256, LSTM 2·256·1024 + 1024, heads 256·7 + 7.
    // 3·3·4·16 + 16, 3·3·16·32 + 32, 3·3·32·32 + 32, blocks 4·(3·3·16·16 + 16) + 8·(3·3·32·32 + 32), 11·11·32·256 + 256, the same LSTM, heads.
    [Theory]
    [InlineData("impala-shallow", 1_203_255)]
    [InlineData("impala-deep", 1_616_343)]
    public void Create_ImpalaOnScreens_HasThePapersSize(string name, int parameters) =>
        Assert.Equal(parameters, NetworkPresets.Create(name, Screen, actions: 6).Layout.Length);

    [Fact]
    public void Create_ImpalaDeepOnABoard_EqualsPlainLoops()
    {
        NetworkSpec spec = NetworkPresets.Create("impala-deep", Board, actions: 3);
        using ManagedActorCritic network = TestNetworks.CreateFilled(spec, capacity: 2);
        NetworkInitialization.Orthogonal(spec, network.Parameters, seed: 5);
        network.ParametersChanged();
        network.Unroll(0, 2, 1, [false, false]);
        ReferenceRow[] rows = new ReferenceNetwork(spec, [.. network.Parameters.Span.ToArray().Select(x => (double)x)])
            .Unroll(network, 2, 1, [false, false]);
        for (int row = 0; row < rows.Length; row++)
        {
            Assert.Equal(rows[row].Value, network.Values(row, 1)[0], 1e-5);
            for (int action = 0; action < spec.Actions; action++)
            {
                Assert.Equal(rows[row].Logits[action], network.Logits(row, 1)[action], 1e-6);
            }
        }
    }

    [Theory]
    [InlineData("nature", "minatar")]
    [InlineData("impala-shallow", "minatar-lstm")]
    public void Create_BoardForANetworkOfScreens_ThrowsNamingTheOneToTake(string name, string fitting)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => NetworkPresets.Create(name, Board, actions: 3));
        Assert.Contains($"Observations of 10x10x4 are too small for '{name}': take '{fitting}'.", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<int> Heights => [.. Sides];

    [Theory]
    [MemberData(nameof(Heights))]
    public void For_AnyImage_IsAPresetThatCanBeMade(int height)
    {
        foreach (TensorShape input in Images(height))
        {
            Assert.NotEqual(0, NetworkPresets.Create(NetworkPresets.For(input), input, actions: 3).Layout.Length);
        }
    }

    [Theory]
    [MemberData(nameof(Heights))]
    public void Create_ImageThatIsTooSmall_AdvisesAPresetThatCanBeMade(int height)
    {
        foreach ((TensorShape input, string name) in Images(height).SelectMany(input => NetworkPresets.Names.Select(name => (input, name))))
        {
            if (Record.Exception(() => NetworkPresets.Create(name, input, actions: 3)) is not { } refused)
            {
                continue;
            }

            string advised = Regex.Match(Assert.IsType<ArgumentException>(refused).Message, "take '(.*?)'").Groups[1].Value;
            Assert.NotEqual(name, advised);
            Assert.NotEqual(0, NetworkPresets.Create(advised, input, actions: 3).Layout.Length);
        }
    }

    private static IEnumerable<TensorShape> Images(int height) =>
        from width in Sides
        from channels in Enumerable.Range(1, 4)
        select new TensorShape(height, width, channels);

    [Fact]
    public void Create_AnyNameOnItsOwnObservations_HasALayout() =>
        Assert.All(NetworkPresets.Names, name => Assert.NotEqual(0, NetworkPresets.Create(name, Screen, actions: 2).Layout.Length));
}
