namespace Gala.Environments.MinAtar;

/// <summary>A game with sticky actions, as recorded plays have it: it can be stepped after the end of an episode too.</summary>
internal sealed class StickyPlay(IMinAtarGame game, double stickyProbability, IRandomSource random)
{
    private readonly IMinAtarGame _game = game;
    private readonly double _stickyProbability = stickyProbability;
    private readonly IRandomSource _random = random;
    private int _lastAction; // the one really played; survives resets

    public bool Terminal => _game.Terminal;

    public void Reset() => _game.Reset(_random);

    /// <summary>Plays one of the six actions. Makes a draw on every call, whatever the probability. Returns the reward.</summary>
    public int Act(int action)
    {
        if (_random.Uniform() >= _stickyProbability)
        {
            _lastAction = action;
        }

        return _game.Act((GameAction)_lastAction, _random);
    }

    public void ForgetAction() => _lastAction = 0;

    public void Observe(Span<float> observation) => _game.Observe(observation);

    public void SaveState(BinaryWriter writer)
    {
        writer.Write(_lastAction);
        _game.SaveState(writer);
    }

    public void LoadState(BinaryReader reader)
    {
        _lastAction = reader.ReadBetween(0, (int)GameAction.Fire, "the last action");
        _game.LoadState(reader);
    }
}
