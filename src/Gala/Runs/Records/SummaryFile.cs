using System.Text;
using System.Text.Json;

namespace Gala.Runs;

/// <summary>The outcome of a run as <c>summary.json</c>. The names are a contract.</summary>
public static class SummaryFile
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes the file in one step: who reads it finds the old one or the new one, whole.</summary>
    public static void Write(string path, RunSummary summary) => DurableFile.Replace(path, Encoding.UTF8.GetBytes(ToJson(summary) + "\n"));

    /// <summary>The summary as indented JSON; numbers that are not finite are null.</summary>
    public static string ToJson(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, Indented))
        {
            Write(json, summary);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteStartObject();
        json.WriteString("architecture", summary.Architecture);
        json.WriteString("environment", summary.Environment);
        json.WriteNumber("agents", summary.Agents);
        json.WriteNumber("simulatorsPerAgent", summary.SimulatorsPerAgent);
        json.WriteNumber("seed", summary.Seed);
        json.WriteNumber("frames", summary.Frames);
        json.WriteNumber("environmentSteps", summary.EnvironmentSteps);
        json.WriteNumber("updates", summary.Updates);
        json.WriteNumber("refusedUpdates", summary.RefusedUpdates);
        json.WriteRefusedMessages(summary.RefusedMessages);
        json.WriteNumber("exchanges", summary.Exchanges);
        json.WriteFinite("wallSeconds", summary.WallSeconds);
        json.WriteFinite("framesPerSecond", summary.FramesPerSecond);
        json.WriteFinite("environmentStepsPerSecond", summary.EnvironmentStepsPerSecond);
        json.WriteNumber("episodes", summary.Episodes);
        json.WriteFinite("meanReturn100", summary.MeanReturn100);
        json.WriteFinite("bestMeanReturn100", summary.BestMeanReturn100);
        json.WriteFailures(summary.FailedAgents);
        json.WriteConsensus(summary.Consensus);
        json.WriteStartArray("lostProcesses");
        foreach (int process in summary.LostProcesses)
        {
            json.WriteNumberValue(process);
        }

        json.WriteEndArray();
        json.WriteReturns(summary.Returns);
        json.WriteGauges(summary.Gauges);
        json.WriteString("parametersSha256", summary.ParametersSha256);
        json.WriteString("version", summary.Version);
        json.WriteEndObject();
    }
}
