using System.Globalization;
using System.Text;
using Gala.Figures;
using Gala.Runs;

namespace Gala.Reproductions;

/// <summary>Writes a report: a page of Markdown, its data as CSV, its charts as SVG.</summary>
public static class ReproductionFolder
{
    /// <summary>Writes or replaces the files of a reproduction.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="name">Of the page and of the data.</param>
    /// <param name="report">What to write.</param>
    /// <returns>Path of the page.</returns>
    public static string Write(string folder, string name, ReproductionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        Directory.CreateDirectory(folder);
        foreach ((string file, IPicture picture) in report.Charts)
        {
            Write(folder, file + ".svg", picture.ToSvg());
        }

        Write(folder, name + ".csv", report.Tables[0].ToCsv());
        return Write(folder, name + ".md", ToMarkdown(report));
    }

    private static string ToMarkdown(ReproductionReport report)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"# {report.Title}\n\n");
        foreach (Verdict verdict in report.Verdicts)
        {
            text.Append(CultureInfo.InvariantCulture, $"- {verdict.Claim}: **{Words(verdict.Outcome)}**. {verdict.Figures}\n");
        }

        foreach (string paragraph in report.Setting)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{paragraph}\n");
        }

        foreach (Table table in report.Tables)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {table.Title}\n\n{table.ToMarkdown()}");
        }

        foreach ((string file, IPicture picture) in report.Charts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n![{picture.Title}]({file}.svg)\n");
        }

        return text.ToString();
    }

    private static string Words(Outcome outcome) => outcome switch
    {
        Outcome.Holds => "holds",
        Outcome.DoesNotHold => "does not hold",
        _ => "unclear",
    };

    private static string Write(string folder, string name, string content)
    {
        string path = Path.Combine(folder, name);
        DurableFile.Replace(path, Encoding.UTF8.GetBytes(content));
        return path;
    }
}
