using System.CommandLine;
using System.Globalization;
using Gala.Environments;
using Gala.Experiments;

namespace Gala.Cli.Commands;

/// <summary><c>gala sweep</c>.</summary>
internal sealed class SweepCommand : GalaCommand
{
    private const int MostParallel = 1_024;

    private readonly Argument<string> _plan = new("PLAN")
    {
        Description = "YAML file with environments, seeds, options and variants; what is given beside it wins",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ValueOption _environments = new("--environment", "LIST", "Environments with commas between them; each run plays one");
    private readonly ValueOption _seeds = new("--seeds", "LIST", "Seeds, such as 101-105 or 1,2,7");
    private readonly ValueOption _frames = new("--frames", "FRAMES", "Frames of each run") { DefaultText = "that of gala train" };
    private readonly ValueOption _options = new("--options", "WORDS", "Options of gala train for every variant, in quotes");
    private readonly ValueOption _variants = new("--variant", "'NAME: WORDS'", "A setting to compare: its name and its options of gala train; once for each, the baseline first")
    {
        Repeats = true,
    };

    private readonly ValueOption _output = new("--output", "DIR", "Folder of the report and of the runs; finished runs there are not repeated, interrupted ones go on")
    {
        DefaultText = "sweeps/NAME of the plan, or sweeps/sweep",
    };

    private readonly ValueOption _parallel = new("--parallel", "N", "Runs that train at once") { DefaultText = "1" };
    private readonly ValueOption _scale = new("--reference", "WHAT", "What 1 is in normalised returns: the baseline's mean or the table of trained agents")
    {
        DefaultText = "table if it has all environments",
        Choices = ["baseline", "table"],
    };

    private readonly SwitchOption _report = new("--report", "Train nothing; report on the runs that are finished");

    public SweepCommand()
        : base("sweep", "Trains variants x environments x seeds and compares them: table, data, learning curves.")
    {
        Add(_plan);
        Add(_environments);
        Add(_seeds);
        Add(_frames);
        Add(_options);
        Add(_variants);
        Add(_output);
        Add(_parallel);
        Add(_scale);
        Add(_report);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "gala sweep --environment minatar/asterix,minatar/breakout --seeds 101-105 --frames 1m \\",
        "    --variant 'a2c: --architecture a2c --simulators 64' --variant 'gala: --deterministic'",
        "gala sweep plan.yaml --parallel 2",
        "gala sweep plan.yaml --report",
    ];

    public override IReadOnlyList<string> Notes =>
    [
        "Every combination is one run in DIR/runs/VARIANT/ENVIRONMENT/SEED. Ctrl-C saves the runs that train;",
        "the same command goes on with them. The exit code is 1 if a run failed.",
    ];

    public override bool LeavesFiles => true;

    public override int Execute(Invocation invocation)
    {
        string? file = invocation.Texts(_plan) is [string path, ..] ? path : null;
        SweepPlan? plan = Plan(invocation, file);
        int parallel = (int)(invocation.Whole(_parallel, 1, MostParallel) ?? 1);
        SweepScale scale = invocation.Choice(_scale) switch { "table" => SweepScale.Table, "baseline" => SweepScale.Baseline, _ => SweepScale.Automatic };
        invocation.ThrowIfRefused();
        Sweep sweep = new()
        {
            Plan = plan!,
            Folder = invocation.Text(_output) ?? Path.Combine("sweeps", file is null ? "sweep" : Path.GetFileNameWithoutExtension(file)),
            Parallel = parallel,
            Scale = scale,
        };
        return Run(invocation.Console, sweep, invocation.Has(_report));
    }

    private static int Run(GalaConsole console, Sweep sweep, bool reportOnly)
    {
        using Interruption interruption = new(console, () => console.Error.WriteLine("Saving the runs that train ..."));
        try
        {
            SweepOutcome outcome = reportOnly ? sweep.Report(interruption.Token) : sweep.Run(console.Error.WriteLine, interruption.Token);
            console.Out.Write(File.ReadAllText(outcome.Page));
            console.Out.WriteLine($"\nWritten to {sweep.Folder}.");
            if (outcome.Missing > 0)
            {
                console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{outcome.Missing} of {outcome.Runs} runs are not trained yet; without --report they are."));
            }

            foreach (string failure in outcome.Failures)
            {
                ErrorReport.WriteLine(console.Error, failure);
            }

            return outcome.Failures.Count > 0 ? ErrorReport.Failed : 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            console.Error.WriteLine($"Stopped; the same command goes on with what is in {sweep.Folder}.");
            return interruption.ExitCode;
        }
    }

    private SweepPlan? Plan(Invocation invocation, string? file)
    {
        SweepPlanBuilder builder = new();
        if (file is not null)
        {
            builder.AddFile(file);
        }

        Set(_environments, builder.SetEnvironments);
        Set(_seeds, builder.SetSeeds);
        Set(_options, builder.SetOptions);
        Set(_frames, frames => builder.SetOptions($"--frames {frames}"));
        foreach (string variant in invocation.AllTexts(_variants))
        {
            builder.AddVariant(variant);
        }

        try
        {
            return builder.Build(EnvironmentRegistry.Default.SpecOf);
        }
        catch (Runs.InvalidOptionsException invalid)
        {
            invocation.Note(invalid.Problems);
            return null;
        }

        void Set(ValueOption option, Action<string> set)
        {
            if (invocation.Text(option) is { } text)
            {
                set(text);
            }
        }
    }
}
