using System.Text;

namespace Gala.Figures;

/// <summary>Rows of cells under headings.</summary>
/// <param name="Title">Of the table.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">As many cells each as there are headings.</param>
public sealed record Table(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows)
{
    /// <summary>The table in GitHub's Markdown.</summary>
    public string ToMarkdown()
    {
        StringBuilder text = new();
        AppendRow(text, Columns);
        AppendRow(text, [.. Columns.Select(_ => "---")]);
        foreach (IReadOnlyList<string> row in Rows)
        {
            AppendRow(text, row);
        }

        return text.ToString();
    }

    /// <summary>The table as comma-separated values, RFC 4180, lines ended by a line feed.</summary>
    public string ToCsv()
    {
        StringBuilder text = new();
        foreach (IReadOnlyList<string> row in (IReadOnlyList<string>[])[Columns, .. Rows])
        {
            text.AppendJoin(',', row.Select(Quote)).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendRow(StringBuilder text, IReadOnlyList<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");

    private static string Quote(string cell) =>
        cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
