namespace Gala.Reproductions;

/// <summary>A claim of a paper, put to the test on this machine.</summary>
public interface IReproduction
{
    /// <summary>What <c>gala reproduce</c> calls it.</summary>
    string Name { get; }

    /// <summary>The claim and its source, one line.</summary>
    string Claim { get; }

    /// <summary>Seeds unless told otherwise, in full and with <c>--quick</c>.</summary>
    (int Full, int Quick) DefaultSeeds { get; }

    /// <summary>Runs it.</summary>
    /// <param name="settings">How long and where.</param>
    /// <param name="progress">Told what comes next, a line each.</param>
    /// <param name="stop">Asks for an early end; runs that were finished are kept and not repeated.</param>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="Runs.TrainingFailedException">A run failed.</exception>
    ReproductionReport Run(ReproductionSettings settings, Action<string> progress, CancellationToken stop);
}
