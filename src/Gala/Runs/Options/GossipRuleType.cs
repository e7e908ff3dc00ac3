using Gala.Gossip;

namespace Gala.Runs;

/// <summary>When agents gossip, as <see cref="GossipRules"/> writes it.</summary>
internal sealed record GossipRuleType : OptionType
{
    public override string Expected => GossipRules.Forms;

    public override object? Parse(string text) => text;

    public override bool Allows(object value) => value is string text && GossipRules.TryCreate(text, lastUpdate: 1, out _);

    public override string Format(object value) => (string)value;
}
