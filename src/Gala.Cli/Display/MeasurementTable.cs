using Spectre.Console;

namespace Gala.Cli.Display;

/// <summary>Measurements in rows: words to the left, numbers to the right.</summary>
internal static class MeasurementTable
{
    /// <summary>Writes a table and an empty line; nothing where there are no rows.</summary>
    /// <param name="console">Written to.</param>
    /// <param name="names">Names of the columns; those of numbers start with a space.</param>
    /// <param name="rows">Cells.</param>
    public static void Write(GalaConsole console, IReadOnlyList<string> names, IEnumerable<string[]> rows)
    {
        string[][] cells = [.. rows];
        if (cells.Length > 0)
        {
            console.Drawing().Write(Build(names, cells));
            console.Out.WriteLine();
        }
    }

    private static Table Build(IReadOnlyList<string> names, string[][] rows)
    {
        Table table = new() { Border = TableBorder.None };
        for (int i = 0; i < names.Count; i++)
        {
            string name = names[i];
            table.AddColumn(new TableColumn(new Markup($"[{Shade.Quiet}]{name.Trim()}[/]"))
            {
                NoWrap = true,
                Alignment = name.StartsWith(' ') ? Justify.Right : Justify.Left,
                Padding = new Padding(0, 0, i == names.Count - 1 ? 0 : 2, 0),
            });
        }

        foreach (string[] row in rows)
        {
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        return table;
    }
}
