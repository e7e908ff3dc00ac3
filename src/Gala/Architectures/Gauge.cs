namespace Gala.Architectures;

/// <summary>A figure that belongs to one architecture, such as the depth of a queue: reported beside what all of them report.</summary>
/// <param name="Name">In camelCase: a key of <c>metrics.jsonl</c> and <c>summary.json</c>.</param>
/// <param name="Caption">For people, such as <c>policy lag</c>.</param>
/// <param name="Read">Gives the figure now, null while there is none. Any thread, while workers run.</param>
public sealed record Gauge(string Name, string Caption, Func<double?> Read);
