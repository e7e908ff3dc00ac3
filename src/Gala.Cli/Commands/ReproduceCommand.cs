using System.CommandLine;
using Gala.Reproductions;
using Gala.Runs;

namespace Gala.Cli.Commands;

/// <summary><c>gala reproduce</c>.</summary>
internal sealed class ReproduceCommand : GalaCommand
{
    private const int MostSeeds = 100;

    private readonly Argument<string> _name = new("NAME")
    {
        Description = "What to reproduce; without it, the list",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly SwitchOption _quick = new("--quick", "Take two minutes: for a look, not for a verdict");
    private readonly ValueOption _seeds = new("--seeds", "N", "Runs of each kind, with seeds 1 to N") { DefaultText = "by reproduction; 1 with --quick" };
    private readonly ValueOption _frames = new("--frames", "FRAMES", "Frames of each run") { DefaultText = "by reproduction" };
    private readonly ValueOption _games = new("--games", "LIST", "Games of MinAtar, with commas between them") { DefaultText = "all five; two with --quick" };
    private readonly ValueOption _seconds = new("--seconds", "S", "Length of each run at equal time") { DefaultText = "what the slowest takes for its frames" };
    private readonly ValueOption _output = new("--output", "DIR", "Folder of the report and of its runs; finished runs there are not repeated")
    {
        DefaultText = "reproductions/NAME",
    };

    public ReproduceCommand()
        : base("reproduce", "Puts a claim of a paper to the test on this machine: table, data, charts and a verdict.")
    {
        Add(_name);
        Add(_quick);
        Add(_seeds);
        Add(_frames);
        Add(_games);
        Add(_seconds);
        Add(_output);
    }

    public override IReadOnlyList<string> Examples => ["gala reproduce", "gala reproduce architectures --quick", "gala reproduce architectures --seeds 5 --frames 3m"];

    public override bool LeavesFiles => true;

    public override int Execute(Invocation invocation)
    {
        IReproduction? reproduction = Find(invocation);
        long? seeds = invocation.Whole(_seeds, 1, MostSeeds);
        long? frames = invocation.Whole(_frames, 1, long.MaxValue / 1_000);
        double? seconds = invocation.Real(_seconds, 0.1, 1e6);
        invocation.ThrowIfRefused();
        if (reproduction is null)
        {
            List(invocation.Console.Out);
            return 0;
        }

        bool quick = invocation.Has(_quick);
        ReproductionSettings settings = new()
        {
            Folder = invocation.Text(_output) ?? Path.Combine("reproductions", reproduction.Name + (quick ? "-quick" : "")),
            Quick = quick,
            Seeds = (int)(seeds ?? (quick ? reproduction.DefaultSeeds.Quick : reproduction.DefaultSeeds.Full)),
            Frames = frames,
            Seconds = seconds,
            Games = invocation.Text(_games)?.Split(',', StringSplitOptions.TrimEntries).Distinct().ToArray() ?? [],
        };
        return Run(invocation.Console, reproduction, settings);
    }

    private static int Run(GalaConsole console, IReproduction reproduction, ReproductionSettings settings)
    {
        using Interruption interruption = new(console, () => console.Error.WriteLine("Stopping ..."));
        try
        {
            ReproductionReport report = reproduction.Run(settings, console.Error.WriteLine, interruption.Token);
            string page = ReproductionFolder.Write(settings.Folder, reproduction.Name, report);
            console.Out.Write(File.ReadAllText(page));
            console.Out.WriteLine($"\nWritten to {settings.Folder}.");
            return 0;
        }
        catch (OperationCanceledException) when (interruption.Token.IsCancellationRequested)
        {
            console.Error.WriteLine($"Stopped; the same command goes on with what is finished in {settings.Folder}.");
            return interruption.ExitCode;
        }
    }

    private IReproduction? Find(Invocation invocation)
    {
        if (invocation.Texts(_name) is not [string name, ..])
        {
            return null;
        }

        IReproduction? found = ReproductionList.All.FirstOrDefault(reproduction => reproduction.Name == name);
        if (found is null)
        {
            string[] names = [.. ReproductionList.All.Select(reproduction => reproduction.Name)];
            invocation.Note("NAME", $"expected one of {string.Join(", ", names)}, not '{name}'{NearestName.Suggestion(name, names)}");
        }

        return found;
    }

    private static void List(TextWriter output)
    {
        foreach (IReproduction reproduction in ReproductionList.All)
        {
            output.WriteLine($"{reproduction.Name,-16} {reproduction.Claim}");
        }
    }
}
