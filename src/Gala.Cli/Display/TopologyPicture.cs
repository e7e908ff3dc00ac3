using System.Globalization;
using System.Text;
using Gala.Figures;
using Gala.Gossip;

namespace Gala.Cli.Display;

/// <summary>Draws a topology as an SVG picture that reads on light and on dark pages: agents on a circle, an arrow to each out-peer.</summary>
internal static class TopologyPicture
{
    private const int RoundsInRow = 4;
    private const double Side = 240; // of a round's square
    private const double Radius = 92; // of its circle
    private const double TitleHeight = 30;
    private const double ArrowLength = 7;
    private const string Blue = "#0072b2";

    /// <summary>The picture, a square a round.</summary>
    public static string Draw(Topology topology)
    {
        int columns = Math.Min(RoundsInRow, topology.Period);
        int rows = (topology.Period + columns - 1) / columns;
        (double width, double height) = (columns * Side, TitleHeight + (rows * Side));
        string title = topology.ToString();
        double titleSize = Math.Min(13, (width - 16) / (0.6 * title.Length));
        StringBuilder svg = new();
        Append(svg, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-family="system-ui,'DejaVu Sans',sans-serif" font-size="11" text-anchor="middle">""");
        Append(svg, $"""<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerUnits="userSpaceOnUse" markerWidth="{ArrowLength}" markerHeight="{ArrowLength}" orient="auto-start-reverse"><path d="M0 0L10 5L0 10Z" fill="#555555"/></marker></defs>""");
        Append(svg, $"""<rect width="{width}" height="{height}" rx="6" fill="#ffffff"/>""");
        Append(svg, $"""<text x="{width / 2}" y="20" font-size="{titleSize:0.##}" font-weight="bold" fill="#222222">{SvgText.Escape(title)}</text>""");
        for (int round = 0; round < topology.Period; round++)
        {
            Append(svg, $"""<g transform="translate({((round % columns) + 0.5) * Side} {TitleHeight + (((round / columns) + 0.5) * Side)})">""");
            DrawRound(svg, topology, round);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void DrawRound(StringBuilder svg, Topology topology, int round)
    {
        double size = Math.Min(13, 0.7 * Math.PI * Radius / topology.Agents); // circles that leave each other room
        for (int agent = 0; agent < topology.Agents; agent++)
        {
            foreach (int peer in topology.OutPeers(agent, round))
            {
                bool both = topology.OutPeers(peer, round).Contains(agent);
                if (!both || agent < peer) // one line with two heads for an exchange
                {
                    DrawArrow(svg, Place(agent, topology.Agents), Place(peer, topology.Agents), size, both ? """ marker-start="url(#arrow)" """ : " ");
                }
            }
        }

        for (int agent = 0; agent < topology.Agents; agent++)
        {
            (double x, double y) = Place(agent, topology.Agents);
            Append(svg, $"""<circle cx="{x:0.##}" cy="{y:0.##}" r="{size:0.##}" fill="{Blue}"/>""");
            Append(svg, $"""<text x="{x:0.##}" y="{y + (0.35 * size):0.##}" font-size="{0.95 * size:0.##}" fill="#ffffff">{agent}</text>""");
        }

        if (topology.Period > 1)
        {
            Append(svg, $"""<text y="{(Side / 2) - 4}" fill="#555555">round {round}</text>""");
        }
    }

    private static void DrawArrow(StringBuilder svg, (double X, double Y) from, (double X, double Y) to, double size, string start)
    {
        (double acrossLine, double downLine) = (to.X - from.X, to.Y - from.Y);
        double length = Math.Sqrt((acrossLine * acrossLine) + (downLine * downLine));
        (double across, double down) = (acrossLine / length * size, downLine / length * size); // from an agent's centre to its rim
        Append(svg, $"""<path d="M{from.X + across:0.##} {from.Y + down:0.##}L{to.X - across:0.##} {to.Y - down:0.##}" stroke="#555555"{start}marker-end="url(#arrow)"/>""");
    }

    /// <summary>Clockwise from the top.</summary>
    private static (double X, double Y) Place(int agent, int agents)
    {
        double angle = 2 * Math.PI * agent / agents;
        return (Radius * Math.Sin(angle), -Radius * Math.Cos(angle));
    }

    private static void Append(StringBuilder svg, FormattableString line) => svg.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
