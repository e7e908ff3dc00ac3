namespace Gala.Environments.MinAtar;

/// <summary>One game without the sticky actions: rules, state and drawing. A game that is over ignores further actions.</summary>
internal interface IMinAtarGame : IResumable
{
    /// <summary>Whether the episode is over.</summary>
    bool Terminal { get; }

    /// <summary>Starts an episode.</summary>
    void Reset(IRandomSource random);

    /// <summary>Plays one step and returns its reward; after the end it changes nothing, draws nothing and returns 0.</summary>
    int Act(GameAction action, IRandomSource random);

    /// <summary>Writes the board, 0 or 1, shape [10, 10, channels]. Changes and draws nothing.</summary>
    void Observe(Span<float> observation);
}
