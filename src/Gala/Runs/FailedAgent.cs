namespace Gala.Runs;

/// <summary>An agent, or an actor of IMPALA, that failed in this session and that the others went on without.</summary>
/// <param name="Name">Such as <c>agent 1</c>.</param>
/// <param name="Reason">One line.</param>
public sealed record FailedAgent(string Name, string Reason);
