using System.Diagnostics;
using Gala.Architectures;
using Gala.Environments;
using Gala.Runs;
using Gala.Scheduling;

namespace Gala.Measuring;

/// <summary>Lets the agents of a run train for a while, without its folder and its reports.</summary>
public static class TrainingBenchmark
{
    /// <summary>Measures one run for each number of agents, once it is well under way.</summary>
    /// <param name="options">The run; the learning rate is held constant.</param>
    /// <param name="agents">Numbers of agents.</param>
    /// <param name="duration">Of each measurement.</param>
    /// <param name="warmUp">Before each, for code to be compiled for good and networks to learn a little.</param>
    /// <param name="progress">Told what comes next.</param>
    /// <exception cref="InvalidOptionsException">Some options cannot be run.</exception>
    /// <exception cref="TrainingFailedException">An agent failed.</exception>
    public static TrainingsMeasurement Run(
        RunOptions options, IReadOnlyList<int> agents, TimeSpan duration, TimeSpan warmUp, Action<string>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(agents);
        RunOptions[] runs = [.. agents.Select(count => Resolve(options, count))];
        List<TrainingMeasurement> trainings = [];
        foreach (RunOptions run in runs)
        {
            progress?.Invoke($"{run.Agents} agents");
            trainings.Add(Measure(run, duration, warmUp));
        }

        return new TrainingsMeasurement(MachineDescription.OfThis(), options.Environment, runs[0].Network!, options.Simulators, trainings);
    }

    private static RunOptions Resolve(RunOptions options, int agents) => RunDefaults.Resolve(
        options with { Agents = agents, LearningRateSchedule = "constant" },
        EnvironmentRegistry.Default.SpecOf);

    private static TrainingMeasurement Measure(RunOptions options, TimeSpan duration, TimeSpan warmUp)
    {
        using AgentGroup group = AgentFactory.Create(options, _ => { });
        using Runners runners = new(group.Workers, new UpdateBudget(long.MaxValue), _ => { }, _ => { })
        {
            Count = options.Runners ?? RunnerCount.Of(Environment.ProcessorCount, isBound: false, localProcesses: 1, options.ComputeThreads),
        };
        AgentTimes[] start = TimesOf(group);
        runners.Start();
        AgentTimes[] before = Await(runners, group, start, warmUp);
        long begun = Stopwatch.GetTimestamp();
        AgentTimes[] after = Await(runners, group, before, duration);
        TimeSpan elapsed = Stopwatch.GetElapsedTime(begun);
        runners.RequestStop();
        runners.Wait(Timeout.InfiniteTimeSpan);
        long updates = after.Sum(times => times.Updates) - before.Sum(times => times.Updates);
        return new TrainingMeasurement(
            group.Agents.Count,
            updates * group.FramesPerUpdate / elapsed.TotalSeconds,
            group.Agents.Average(agent => agent.Gossip.Statistics.MixShare),
            group.Agents.Average(agent => agent.Gossip.Statistics.MeanStaleness),
            group.Agents.Max(agent => agent.Gossip.Statistics.StalenessAt(0.99)),
            [.. group.Agents.Select((agent, i) => after[i].SharesSince(before[i], agent.Rank))]);
    }

    /// <summary>Lets agents go on for a while, and each for an update at least.</summary>
    private static AgentTimes[] Await(Runners runners, AgentGroup group, AgentTimes[] since, TimeSpan duration)
    {
        AgentTimes[] times;
        do
        {
            runners.Wait(duration);
            if (runners.Failure is { } failure)
            {
                throw new TrainingFailedException($"{failure.Name} failed: {OneLine.Message(failure.Exception)}", failure.Exception);
            }

            times = TimesOf(group);
        }
        while (times.Zip(since, (now, before) => now.Updates == before.Updates).Contains(true));
        return times;
    }

    private static AgentTimes[] TimesOf(AgentGroup group) => [.. group.Agents.Select(AgentTimes.Of)];
}
