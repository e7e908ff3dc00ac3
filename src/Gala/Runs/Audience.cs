namespace Gala.Runs;

/// <summary>The observers of a run, none of which can end it: what an observer throws is told to the others, once.</summary>
/// <remarks>An observer that cannot write, as on a full disk, is asked again the next time, since there may be room again. Any other that throws is
/// left out from then on. For one thread.</remarks>
/// <param name="observers">Observers to inform.</param>
/// <param name="note">Takes a message for the observers that are left.</param>
internal sealed class Audience(IReadOnlyList<ITrainingObserver> observers, Action<string> note) : ITrainingObserver
{
    private readonly List<ITrainingObserver> _listening = [.. observers];
    private readonly HashSet<ITrainingObserver> _cannotWrite = [];

    /// <inheritdoc />
    public void OnReport(TrainingReport report) => Inform(observer => observer.OnReport(report));

    /// <inheritdoc />
    public void OnMessage(string message) => Inform(observer => observer.OnMessage(message));

    private void Inform(Action<ITrainingObserver> inform)
    {
        foreach (ITrainingObserver observer in _listening.ToArray())
        {
            try
            {
                inform(observer);
            }
            catch (IOException exception)
            {
                if (_cannotWrite.Add(observer))
                {
                    note($"{observer.GetType().Name} could not write, and is asked again the next time: {OneLine.Message(exception)}");
                }
            }
#pragma warning disable CA1031 // an observer is the user's code: whatever it throws, training goes on
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _listening.Remove(observer);
                note($"{observer.GetType().Name} threw {exception.GetType().Name} and is left out from now on: {OneLine.Message(exception)}");
            }
        }
    }
}
