using System.Runtime.ExceptionServices;
using System.Text;
using Gala.Environments;
using Gala.Runs;

namespace Gala.Experiments;

/// <summary>Trains many runs, some of them at once. One that fails does not end the others.</summary>
/// <param name="parallel">How many runs train at once.</param>
/// <remarks>A run that was finished before is not repeated, and one that was interrupted goes on. Beside the folder of a run that failed there is
/// a file that says why, until it succeeds.</remarks>
internal sealed class RunFleet(int parallel)
{
    /// <summary>Whether interrupted runs may go on; otherwise they are trained anew.</summary>
    public bool Resume { get; init; } = true;

    /// <summary>Trains until all runs are done.</summary>
    /// <param name="runs">Options of each run with its folder, none in two of them.</param>
    /// <param name="done">Told the place and the result of each run that is done, one at a time.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <returns>A result for each run, in their order.</returns>
    /// <exception cref="OperationCanceledException">Stopped.</exception>
    /// <exception cref="InvalidRunException">A folder is no run's, or another process trains in it; the runs that trained at that moment are interrupted.</exception>
    public IReadOnlyList<RunResult> Train(IReadOnlyList<RunOptions> runs, Action<int, RunResult> done, CancellationToken stop)
    {
        RunResult[] results = new RunResult[runs.Count];
        int next = -1;
        Exception? error = null; // the first that ends all of it
        Lock gate = new();
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Thread[] threads = [.. Enumerable.Range(0, Math.Min(parallel, runs.Count)).Select(i => new Thread(Work) { Name = $"run {i}" })];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        if (error is not null)
        {
            ExceptionDispatchInfo.Throw(error);
        }

        return results;

        void Work()
        {
            try
            {
                for (int i = Interlocked.Increment(ref next); i < runs.Count; i = Interlocked.Increment(ref next))
                {
                    end.Token.ThrowIfCancellationRequested();
                    results[i] = TrainOne(runs[i], end.Token);
                    lock (gate)
                    {
                        done(i, results[i]);
                    }
                }
            }
#pragma warning disable CA1031 // thrown again by the thread that waits
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref error, exception, null);
                end.Cancel();
            }
        }
    }

    /// <summary>What is known of a run without training it.</summary>
    public static RunResult Look(RunOptions options) =>
        TrainedRun.TryLoad(options) is { } run ? new RunResult(run, Failure: null, IsNew: false)
        : File.Exists(ReasonOf(options)) ? new RunResult(Run: null, File.ReadAllText(ReasonOf(options)).Trim(), IsNew: false)
        : RunResult.Missing;

    private RunResult TrainOne(RunOptions options, CancellationToken stop)
    {
        string reason = ReasonOf(options);
        try
        {
            bool isNew = TrainedRun.TryLoad(options) is null;
            TrainedRun run = TrainedRun.TrainOrLoad(WithItsShare(options), stop, Resume);
            File.Delete(reason);
            return new RunResult(run, Failure: null, isNew);
        }
        catch (Exception exception) when (exception is TrainingFailedException or EnvironmentException)
        {
            string failure = OneLine.Message(exception);
            Directory.CreateDirectory(Path.GetDirectoryName(reason)!);
            DurableFile.Replace(reason, Encoding.UTF8.GetBytes(failure + "\n"));
            return new RunResult(Run: null, failure, IsNew: true);
        }
    }

    /// <summary>Runs that train at once share the processors.</summary>
    private RunOptions WithItsShare(RunOptions options) => parallel == 1 || options.Architecture == "hts"
        ? options
        : options with { Runners = options.Runners ?? Math.Max(1, Environment.ProcessorCount / parallel / options.ComputeThreads) };

    private static string ReasonOf(RunOptions options) => options.Run! + ".failed.txt";
}
