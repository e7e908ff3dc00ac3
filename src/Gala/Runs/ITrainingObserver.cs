namespace Gala.Runs;

/// <summary>Hears how a run goes: the live table, the metrics file, TensorBoard. Called from one thread, never from a learner.</summary>
/// <remarks>An observer that is slow holds up reports and checkpoints, but not training. One that throws is left out from then on; after an
/// <see cref="IOException"/> it is asked again the next time.</remarks>
public interface ITrainingObserver
{
    /// <summary>A report, every <see cref="RunOptions.ReportEvery"/> seconds and once at the end.</summary>
    void OnReport(TrainingReport report);

    /// <summary>Something that a person should know, such as a written checkpoint or a peer that does not answer.</summary>
    void OnMessage(string message);
}
