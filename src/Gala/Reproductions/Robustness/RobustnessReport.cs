using System.Globalization;
using Gala.Experiments;
using Gala.Figures;

namespace Gala.Reproductions;

/// <summary>What the returns of a grid say of robustness.</summary>
internal sealed class RobustnessReport
{
    private const double ShareOfTheBest = 0.5; // fixed before anything was trained
    private const double NoFewer = -0.1; // a tenth of the runs

    private readonly ReproductionSettings _settings;
    private readonly RobustnessGrid _grid;
    private readonly IReadOnlyDictionary<RobustnessCell, double[]> _returns;
    private readonly Dictionary<string, double> _thresholds; // by game

    /// <summary>Prepares a report.</summary>
    public RobustnessReport(ReproductionSettings settings, RobustnessGrid grid, IReadOnlyDictionary<RobustnessCell, double[]> returns)
    {
        (_settings, _grid, _returns) = (settings, grid, returns);
        _thresholds = grid.Games.ToDictionary(
            game => game,
            game => ShareOfTheBest * grid.Cells.Where(cell => cell.Game == game && cell.Simulators == grid.Simulators[0]).Max(cell => SeedRange.Of(returns[cell]).Mean));
    }

    private int Fewest => _grid.Simulators[0];

    private int Most => _grid.Simulators[^1];

    /// <summary>The report.</summary>
    public ReproductionReport Make() => new(
        "Robustness to many simulators and to the learning rate",
        [
            string.Create(CultureInfo.InvariantCulture, $"Each run has {_grid.Frames:N0} frames, whatever its simulators, so those with more make fewer updates; seeds 1 to {_settings.Seeds}. ")
                + $"A2C is one learner with all simulators; GALA's agents have {RobustnessMethod.Fewest} each. Rate 1 is the tuned one: "
                + string.Join(", ", RobustnessGrid.Methods.Select(method => string.Create(CultureInfo.InvariantCulture, $"{method.TunedRate:0.#####} at {RobustnessMethod.Fewest} simulators for {method.Name}")))
                + ", times the square root of how many times as many there are.",
            $"A run has converged if its return is at least half of the best mean of a setting with {Fewest} simulators, of either method: "
                + string.Join(", ", _thresholds.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Value:0.0} on {one.Key}")))
                + ". The width of the converging region is the number of octaves (factors of 2) of the rate that converge: the share of converged runs, summed over the "
                + $"{_grid.Times.Count} rates, mean over games.",
            Judgement.Rule,
        ],
        [.. Verdicts()],
        [EveryCell(), ByNumber("Share of converged runs, rate by the square root", method => simulators => Share(method, simulators), "P0"), ByNumber("Width of the converging region in octaves", method => simulators => Width(method, simulators), "0.0"), Returns()],
        [("robustness", Curves()), ("robustness-returns", HeatMaps("Return, 1 is the best with the fewest simulators", Relative)), ("robustness-converged", HeatMaps("Share of converged runs", cell => Converged(cell).Average()))]);

    private IEnumerable<Verdict> Verdicts()
    {
        (RobustnessMethod gala, RobustnessMethod a2c) = (RobustnessGrid.Methods[0], RobustnessGrid.Methods[1]);
        Interval falls = Difference(Share(a2c, Fewest), Share(a2c, Most));
        yield return new Verdict($"With {Most} simulators instead of {Fewest} fewer runs of A2C converge (Assran et al. 2019, figure 1)",
            Judgement.IsAbove(falls), $"The share falls by {falls.ToText("0.00")}, rate by the square root.");
        Interval keeps = Difference(Share(gala, Most), Share(gala, Fewest));
        yield return new Verdict("Of GALA as many converge, up to a tenth (the same figure)", Judgement.IsAbove(keeps, NoFewer), $"The share changes by {keeps.ToText("0.00")}.");
        Interval wider = Difference(Width(gala, Most), Width(a2c, Most), _grid.Times.Count);
        yield return new Verdict($"With {Most} simulators GALA converges at more learning rates than A2C",
            Judgement.IsAbove(wider), $"Its region is wider by {wider.ToText("0.0")} octaves.");
        (Scores first, Scores second) = (AtTunedRate(gala), AtTunedRate(a2c));
        yield return new Verdict($"With {Most} simulators GALA's return is A2C's or better, rate by the square root",
            Judgement.IsNoWorse(StratifiedBootstrap.OfDifference(first, second, Aggregate.InterquartileMean)), Normalized.Compare(first, second));
    }

    /// <summary>1 for each converged run at the tuned rate, 0 for the others, by game.</summary>
    private Scores Share(RobustnessMethod method, int simulators) => new(_grid.Games.Select(game => Converged(Cell(method, game, simulators, 1))));

    /// <summary>The same at every rate, by game and rate: its mean times the number of rates is the width in octaves.</summary>
    private Scores Width(RobustnessMethod method, int simulators) =>
        new(from game in _grid.Games from times in _grid.Times select Converged(Cell(method, game, simulators, times)));

    private Scores AtTunedRate(RobustnessMethod method) => Normalized.Of(_grid.Games, game => _returns[Cell(method, game, Most, 1)]);

    private double[] Converged(RobustnessCell cell) => [.. _returns[cell].Select(value => value >= _thresholds[cell.Game] ? 1.0 : 0.0)];

    private double Relative(RobustnessCell cell) => SeedRange.Of(_returns[cell]).Mean / _thresholds[cell.Game] * ShareOfTheBest;

    private static RobustnessCell Cell(RobustnessMethod method, string game, int simulators, double times) => new(method, game, simulators, times);

    private static Interval Difference(Scores first, Scores second, double scale = 1) => Scaled(StratifiedBootstrap.OfDifference(first, second, Aggregate.Mean), scale);

    private static Interval Scaled(Interval interval, double scale) => new(scale * interval.Estimate, scale * interval.Low, scale * interval.High);

    private Interval Figure(Scores scores) =>
        Scaled(StratifiedBootstrap.Of(scores, Aggregate.Mean), scores.Tasks.Count > _grid.Games.Count ? _grid.Times.Count : 1);

    private Table ByNumber(string title, Func<RobustnessMethod, Func<int, Scores>> scores, string format) => new(
        title,
        ["method", .. _grid.Simulators.Select(simulators => $"{simulators} simulators")],
        [.. RobustnessGrid.Methods.Select(method => (IReadOnlyList<string>)[method.Name, .. _grid.Simulators.Select(simulators => Figure(scores(method)(simulators)).ToText(format))])]);

    private Table Returns() => new(
        "Return by rate, mean (lowest to highest)",
        ["method", "game", "simulators", .. _grid.Times.Select(times => $"rate x {Text(times)}")],
        [.. from method in RobustnessGrid.Methods
            from game in _grid.Games
            from simulators in _grid.Simulators
            select (IReadOnlyList<string>)
            [
                method.Name, game, Text(simulators), .. _grid.Times.Select(times => SeedRange.Of(_returns[Cell(method, game, simulators, times)]).ToString()),
            ]]);

    private Table EveryCell() => new(
        "Every run",
        ["method", "game", "simulators", "times the tuned rate", "seed", "return", "converged"],
        [.. from cell in _grid.Cells
            from run in _returns[cell].Index()
            select (IReadOnlyList<string>)
            [
                cell.Method.Name, cell.Game, Text(cell.Simulators), Text(cell.Times), Text(run.Index + 1), Text(run.Item), Text(Converged(cell)[run.Index]),
            ]]);

    private HeatMapSheet HeatMaps(string title, Func<RobustnessCell, double> value) => new(
        $"{title}: simulators by times the tuned rate",
        [.. from game in _grid.Games
            from method in RobustnessGrid.Methods
            select new HeatMap($"{method.Name}, {game}",
                [.. _grid.Simulators.Select(simulators => (IReadOnlyList<double>)[.. _grid.Times.Select(times => value(Cell(method, game, simulators, times)))])])
            {
                Rows = [.. _grid.Simulators.Select(simulators => Text(simulators))],
                Columns = [.. _grid.Times.Select(times => $"x {Text(times)}")],
            }]);

    private ChartSheet Curves() => new(
        "By number of simulators",
        [
            Panel("share of converged runs, rate by the square root", Share),
            Panel("octaves of the rate that converge", Width),
            .. _grid.Games.Select(game => Panel($"return on {game}, rate by the square root", (method, simulators) => Scores.OfOneTask(_returns[Cell(method, game, simulators, 1)]))),
        ]);

    private Panel Panel(string title, Func<RobustnessMethod, int, Scores> scores) => new(
        title, "simulators", "",
        [.. RobustnessGrid.Methods.Select(method => new Series(method.Name, [.. _grid.Simulators.Select(simulators =>
        {
            Interval figure = Figure(scores(method, simulators));
            return ((double)simulators, figure.Estimate, double.IsFinite(figure.Low) ? figure.Low : figure.Estimate, double.IsFinite(figure.High) ? figure.High : figure.Estimate);
        })]))])
    {
        LogarithmicX = true,
    };

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
