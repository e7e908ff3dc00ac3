using System.Text.Json;

namespace Gala.Runs;

/// <summary>What several files of JSON hold, such as numbers of which some cannot be said in it.</summary>
internal static class JsonNumbers
{
    /// <summary>Writes a property; null for nothing, not a number and infinity.</summary>
    public static void WriteFinite(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    /// <summary>Writes the property <c>refusedMessages</c>, where there are any.</summary>
    public static void WriteRefusedMessages(this Utf8JsonWriter json, long count)
    {
        if (count > 0)
        {
            json.WriteNumber("refusedMessages", count);
        }
    }

    /// <summary>Writes the property <c>consensus</c>.</summary>
    public static void WriteConsensus(this Utf8JsonWriter json, ConsensusReport consensus)
    {
        json.WriteStartObject("consensus");
        json.WriteFinite("maxDistance", consensus.MaxDistance);
        json.WriteFinite("meanDistance", consensus.MeanDistance);
        json.WriteFinite("relativeDistance", consensus.RelativeDistance);
        json.WriteFinite("bound", consensus.Bound);
        json.WriteEndObject();
    }

    /// <summary>Writes the properties <c>returns</c>, by environment, and <c>normalizedReturn</c>; nothing for one environment.</summary>
    public static void WriteReturns(this Utf8JsonWriter json, EnvironmentReturns? returns)
    {
        if (returns is null)
        {
            return;
        }

        json.WriteStartObject("returns");
        foreach ((string environment, double? mean) in returns.MeanReturn100)
        {
            json.WriteFinite(environment, mean);
        }

        json.WriteEndObject();
        json.WriteFinite("normalizedReturn", returns.Normalized);
    }

    /// <summary>Writes the property <c>failedAgents</c>; nothing where none failed.</summary>
    public static void WriteFailures(this Utf8JsonWriter json, IReadOnlyList<FailedAgent> failures)
    {
        if (failures.Count == 0)
        {
            return;
        }

        json.WriteStartArray("failedAgents");
        foreach (FailedAgent failure in failures)
        {
            json.WriteStartObject();
            json.WriteString("name", failure.Name);
            json.WriteString("reason", failure.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a property for each figure of the architecture.</summary>
    public static void WriteGauges(this Utf8JsonWriter json, IReadOnlyList<GaugeReading> gauges)
    {
        foreach (GaugeReading gauge in gauges)
        {
            json.WriteFinite(gauge.Name, gauge.Value);
        }
    }
}
