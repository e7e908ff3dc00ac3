namespace Gala.Runs;

/// <summary>Hears how a run goes: the live table, the metrics file, TensorBoard. Called from one thread, never from a learner.</summary>
public interface ITrainingObserver
{
    /// <summary>A report, every <see cref="RunOptions.ReportEvery"/> seconds and once at the end.</summary>
    void OnReport(TrainingReport report);

    /// <summary>Something that a person should know, such as a written checkpoint or a peer that does not answer.</summary>
    void OnMessage(string message);
}
