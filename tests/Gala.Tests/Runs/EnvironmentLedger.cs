using Gala.Environments;
using Gala.Numerics;
using Gala.Runs;

namespace Gala.Tests.Runs;

/// <summary>Keeps account of every environment that is made under one id: how it was seeded, what it was asked to do, whether it was disposed.</summary>
/// <remarks>An episode has five steps; the observation is always the same, so that what a policy does depends on its draws alone.</remarks>
internal sealed class EnvironmentLedger
{
    private static int _ledgers; // ids must differ

    private readonly List<Entry> _entries = []; // guarded by itself

    public EnvironmentLedger()
    {
        Id = $"tests/ledger-{Interlocked.Increment(ref _ledgers)}";
        EnvironmentRegistry.Default.Register(Id, Make);
    }

    /// <summary>Id that the environments are registered under.</summary>
    public string Id { get; }

    /// <summary>Called with the number of an environment before it is made.</summary>
    public Action<int> Making { get; set; } = _ => { };

    /// <summary>Called at each step of any environment with its number.</summary>
    public Action<int> Stepping { get; set; } = _ => { };

    /// <summary>Called with the number of an environment when it is disposed.</summary>
    public Action<int> Disposing { get; set; } = _ => { };

    /// <summary>Whether environments made from now on can be saved.</summary>
    public bool CanBeSaved { get; set; }

    /// <summary>Saves an environment at a step of its episode.</summary>
    public Action<BinaryWriter, int> Saving { get; set; } = (writer, steps) => writer.Write(steps);

    /// <summary>Restores the step.</summary>
    public Func<BinaryReader, int> Loading { get; set; } = reader => reader.ReadInt32();

    /// <summary>What an environment of that number takes and gives.</summary>
    public Func<int, EnvironmentSpec> Spec { get; set; } =
        _ => new EnvironmentSpec { Id = "tests/ledger", Observation = TensorShape.Vector(3), Actions = 2 };

    /// <summary>The environments made so far, in order.</summary>
    public IReadOnlyList<Entry> Entries
    {
        get
        {
            lock (_entries)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Options of a small run with these environments.</summary>
    public RunOptions Run(string architecture, string folder) => new()
    {
        Architecture = architecture,
        Environment = Id,
        Agents = architecture == "hts" ? 1 : 2,
        Simulators = architecture == "hts" ? 4 : 2,
        Frames = 400,
        Rollout = 5,
        CheckpointEvery = 200,
        Seed = 9,
        ReportEvery = 0.1,
        Run = folder,
    };

    /// <summary>Forgets what was made so far.</summary>
    public void Clear()
    {
        lock (_entries)
        {
            _entries.Clear();
        }
    }

    private IEnvironment Make()
    {
        lock (_entries)
        {
            int number = _entries.Count;
            Making(number);
            Entry entry = new();
            _entries.Add(entry);
            return CanBeSaved ? new Savable(this, number, entry) : new Recorded(this, number, entry);
        }
    }

    /// <summary>What happened to one environment.</summary>
    internal sealed class Entry
    {
        public List<ulong> Seeds { get; } = [];

        public List<int> Actions { get; } = [];

        public int Disposals { get; set; }
    }

    private class Recorded(EnvironmentLedger ledger, int number, Entry entry) : IEnvironment, IDisposable
    {
        public EnvironmentSpec Spec { get; } = ledger.Spec(number);

        protected int Steps { get; set; }

        public void Reset(Span<float> observation)
        {
            Steps = 0;
            observation.Fill(1);
        }

        public void Reset(ulong seed, Span<float> observation)
        {
            entry.Seeds.Add(seed);
            Reset(observation);
        }

        public StepResult Step(int action, Span<float> observation)
        {
            ledger.Stepping(number);
            entry.Actions.Add(action);
            observation.Fill(1);
            return new StepResult(action, ++Steps == 5, false);
        }

        public void Dispose()
        {
            entry.Disposals++;
            ledger.Disposing(number);
        }
    }

    private sealed class Savable(EnvironmentLedger ledger, int number, Entry entry) : Recorded(ledger, number, entry), IResumable
    {
        private readonly EnvironmentLedger _ledger = ledger;

        public void SaveState(BinaryWriter writer) => _ledger.Saving(writer, Steps);

        public void LoadState(BinaryReader reader) => Steps = _ledger.Loading(reader);
    }
}
