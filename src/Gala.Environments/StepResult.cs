namespace Gala.Environments;

/// <summary>What a step gave beside the observation.</summary>
/// <param name="Reward">The reward of the step.</param>
/// <param name="Terminated">The episode ended by the task's own rules: the value of what follows is 0.</param>
/// <param name="Truncated">The episode was cut off from outside (a time limit): the value of its last observation still counts.</param>
public readonly record struct StepResult(float Reward, bool Terminated, bool Truncated)
{
    /// <summary>Whether the episode is over, for either reason.</summary>
    public bool IsOver => Terminated || Truncated;
}
