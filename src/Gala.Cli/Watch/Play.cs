using Gala.Environments;

namespace Gala.Cli.Watch;

/// <summary>Lets a policy play episode after episode, one moment at a time.</summary>
internal sealed class Play
{
    private const ulong ActionStream = ulong.MaxValue; // far from those that environments draw from

    private readonly IEnvironment _environment;
    private readonly IWatchedPolicy _policy;
    private readonly WatchPlan _plan;
    private readonly StreamRandomSource _random;
    private readonly float[] _observation;
    private long _step;
    private int? _action;
    private float _reward;
    private double _return;
    private bool _over = true;
    private double _sumOfReturns;

    public Play(IEnvironment environment, IWatchedPolicy policy, WatchPlan plan)
    {
        (_environment, _policy, _plan) = (environment, policy, plan);
        _random = new StreamRandomSource(plan.Seed, ActionStream);
        _observation = new float[environment.Spec.Observation.Length];
    }

    /// <summary>Episodes that have begun.</summary>
    public long Episode { get; private set; }

    /// <summary>Episodes that have ended.</summary>
    public long Ended { get; private set; }

    /// <summary>Steps of all episodes.</summary>
    public long Steps { get; private set; }

    /// <summary>Carries out the action chosen before, or begins an episode, and gives the moment after it.</summary>
    public WatchFrame Next()
    {
        if (_over)
        {
            Begin();
        }
        else
        {
            Step();
        }

        return _over ? Frame([], 0) : Choose();
    }

    private void Begin()
    {
        Episode++;
        (_step, _reward, _return, _over) = (0, 0, 0, false);
        _policy.BeginEpisode();
        if (Episode == 1)
        {
            _environment.Reset(_plan.Seed, _observation);
        }
        else
        {
            _environment.Reset(_observation);
        }
    }

    private void Step()
    {
        StepResult result = _environment.Step(_action!.Value, _observation);
        Steps++;
        _step++;
        (_reward, _return, _over) = (result.Reward, _return + result.Reward, result.IsOver);
        if (_over)
        {
            Ended++;
            _sumOfReturns += _return;
            _action = null;
        }
    }

    private WatchFrame Choose()
    {
        _action = _policy.Act(_observation, _plan.Greedy, _random);
        return Frame(_policy.Probabilities.ToArray(), _policy.Value);
    }

    private WatchFrame Frame(float[] probabilities, float value) => new()
    {
        Spec = _environment.Spec,
        Player = _policy.Name,
        Observation = [.. _observation],
        Episode = Episode,
        Step = _step,
        Action = _action,
        Probabilities = probabilities,
        Value = value,
        Reward = _reward,
        Return = _return,
        MeanReturn = Ended > 0 ? _sumOfReturns / Ended : null,
    };
}
