using System.Globalization;
using Gala.Experiments;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>One cell of the experiment: some seeds of one setting.</summary>
/// <param name="Method">How they learn.</param>
/// <param name="Game">Game of MinAtar.</param>
/// <param name="Simulators">Simulators in all.</param>
/// <param name="Times">How many times the tuned rate.</param>
internal sealed record RobustnessCell(RobustnessMethod Method, string Game, int Simulators, double Times);

/// <summary>What is trained, and what came of it.</summary>
/// <param name="Games">Games of MinAtar.</param>
/// <param name="Simulators">Numbers of simulators, fewest first.</param>
/// <param name="Times">Learning rates by how many times the tuned one they are, an octave (a factor of 2) apart each.</param>
/// <param name="Seeds">Number of seeds.</param>
/// <param name="Frames">Frames of each run.</param>
internal sealed record RobustnessGrid(IReadOnlyList<string> Games, IReadOnlyList<int> Simulators, IReadOnlyList<double> Times, int Seeds, long Frames)
{
    /// <summary>The methods that are compared; the first is the one that is claimed to be more robust.</summary>
    public static IReadOnlyList<RobustnessMethod> Methods { get; } = [RobustnessMethod.Gala, RobustnessMethod.A2C];

    /// <summary>Every cell.</summary>
    public IReadOnlyList<RobustnessCell> Cells { get; } =
        [.. from simulators in Simulators
            from game in Games
            from method in Methods
            from times in Times
            select new RobustnessCell(method, game, simulators, times)];

    /// <summary>Trains all of it; as many runs at once as there are processors for their agents.</summary>
    /// <param name="folder">Folder of the runs.</param>
    /// <param name="progress">Told of each run that is done.</param>
    /// <param name="stop">Asks for an early end.</param>
    /// <returns>Returns of each cell's seeds. A run that failed, as by gradients that were not finite, has that of a policy that acts at random.</returns>
    public IReadOnlyDictionary<RobustnessCell, double[]> Train(string folder, Action<string> progress, CancellationToken stop)
    {
        Dictionary<RobustnessCell, double[]> returns = Cells.ToDictionary(cell => cell, _ => new double[Seeds]);
        (RobustnessCell Cell, int Seed)[] all = [.. from cell in Cells from seed in Enumerable.Range(1, Seeds) select (cell, seed)];
        int done = 0;
        foreach (IGrouping<int, (RobustnessCell Cell, int Seed)> group in all.GroupBy(run => RunsAtOnce(run.Cell)))
        {
            (RobustnessCell Cell, int Seed)[] runs = [.. group];
            new RunFleet(group.Key).Train([.. runs.Select(run => Options(run.Cell, run.Seed, folder))], Note, stop);

            void Note(int place, RunResult result)
            {
                (RobustnessCell cell, int seed) = runs[place];
                double random = ReferenceReturns.Find($"minatar/{cell.Game}")?.Random ?? double.NaN;
                double value = result.Run?.FinalReturn is { } known && double.IsFinite(known) ? known : random;
                returns[cell][seed - 1] = value;
                progress(string.Create(CultureInfo.InvariantCulture, $"{++done}/{all.Length} {cell.Method.Name}, {cell.Game}, {cell.Simulators} simulators, rate x {cell.Times}, seed {seed}: {value:0.0}")
                    + (result.Failure is { } failure ? $" ({failure})" : ""));
            }
        }

        return returns;
    }

    private RunOptions Options(RobustnessCell cell, int seed, string folder) => cell.Method.Options(cell.Simulators, cell.Times) with
    {
        Environment = $"minatar/{cell.Game}",
        Frames = Frames,
        Seed = (ulong)seed,
        ReportEvery = 5,
        Run = Path.Combine(folder, cell.Method.Key, cell.Game, string.Create(CultureInfo.InvariantCulture, $"{cell.Simulators}-x{cell.Times}-{seed}")),
    };

    private static int RunsAtOnce(RobustnessCell cell) =>
        Math.Max(1, Environment.ProcessorCount / (cell.Method.OptionsOf(cell.Simulators).Agents ?? 1));
}
