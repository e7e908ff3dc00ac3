using Gala.Environments;

namespace Gala.Cli.Watch;

/// <summary>Someone who plays.</summary>
internal interface IWatchedPolicy : IDisposable
{
    /// <summary>The environment that it was trained in, with its options.</summary>
    string Environment { get; }

    /// <summary>Who plays, in a few words.</summary>
    string Name { get; }

    /// <summary>Probabilities of the actions at the last <see cref="Act"/>, shape [actions].</summary>
    ReadOnlySpan<float> Probabilities { get; }

    /// <summary>The return that was expected at the last <see cref="Act"/>.</summary>
    float Value { get; }

    /// <summary>Forgets the episode before.</summary>
    void BeginEpisode();

    /// <summary>Chooses an action.</summary>
    int Act(ReadOnlySpan<float> observation, bool greedy, IRandomSource random);
}
