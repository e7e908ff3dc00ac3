using Gala.Gossip;

namespace Gala.Runs;

/// <summary>The name of a topology, with settings where it takes some, or a file. Whether it suits the agents is seen when their number is known.</summary>
internal sealed record TopologyType : OptionType
{
    public override string Expected => $"one of {string.Join(", ", Topologies.All)}, or a file such as graph.yaml";

    public override IReadOnlyList<string> Choices => Topologies.All;

    public override object? Parse(string text) => text;

    public override bool Allows(object value) =>
        value is string text && (RunTopology.IsFile(text) || Topologies.All.Contains(text.Split(':')[0], StringComparer.Ordinal));

    public override string Format(object value) => (string)value;

    public override string Locate(string text, string folder) =>
        RunTopology.IsFile(text) && File.Exists(Path.Combine(folder, text)) ? Path.Combine(folder, text) : text;

    public override string Problem(string came) => base.Problem(came) + NearestName.Suggestion(came, Topologies.All);
}
