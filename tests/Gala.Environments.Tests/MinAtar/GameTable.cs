using Gala.Environments.MinAtar;

namespace Gala.Environments.Tests.MinAtar;

/// <summary>One game on the table: a script of draws, and the board as lists of cells.</summary>
internal sealed class GameTable(IMinAtarGame game, int channels)
{
    private readonly float[] _observation = new float[100 * channels];

    public ScriptedRandomSource Random { get; } = new();

    public IMinAtarGame Game => game;

    public bool Terminal => game.Terminal;

    public int Act(GameAction action = GameAction.NoOp)
    {
        int reward = game.Act(action, Random);
        Assert.Equal(0, Random.Left);
        return reward;
    }

    public int Repeat(GameAction action, int steps)
    {
        int reward = 0;
        for (int i = 0; i < steps; i++)
        {
            reward += Act(action);
        }

        return reward;
    }

    public GameTable Reset()
    {
        game.Reset(Random);
        Assert.Equal(0, Random.Left);
        return this;
    }

    /// <summary>Puts the game into a state written field by field in the order of its own saved states.</summary>
    public GameTable Load(params object[] fields)
    {
        using MemoryStream stream = new();
        using BinaryWriter writer = new(stream);
        foreach (object field in fields)
        {
            Write(writer, field);
        }

        stream.Position = 0;
        game.LoadState(new BinaryReader(stream));
        Assert.Equal(stream.Length, stream.Position);
        return this;
    }

    public (int X, int Y)[] Cells(int channel)
    {
        game.Observe(_observation);
        return [.. Enumerable.Range(0, 100).Where(i => _observation[(i * channels) + channel] == 1).Select(i => (i % 10, i / 10))];
    }

    public byte[] State()
    {
        using MemoryStream stream = new();
        game.SaveState(new BinaryWriter(stream));
        return stream.ToArray();
    }

    public int IntegerAt(int offset) => BitConverter.ToInt32(State(), offset);

    private static void Write(BinaryWriter writer, object field)
    {
        switch (field)
        {
            case int value: writer.Write(value); break;
            case uint value: writer.Write(value); break;
            case bool value: writer.Write(value); break;
            case ulong value: writer.Write(value); break;
            case UInt128 value: writer.Write((ulong)value); writer.Write((ulong)(value >> 64)); break;
            case Mover[] movers:
                writer.Write(movers.Length);
                foreach (Mover mover in movers)
                {
                    writer.Write(mover.X);
                    writer.Write(mover.Y);
                    writer.Write(mover.MoveTimer);
                    writer.Write(mover.ShotTimer);
                    writer.Write(mover.Right);
                }

                break;
            default: throw new ArgumentException(field.GetType().Name);
        }
    }
}
