using System.Text.Json;

namespace Gala.Runs;

/// <summary>A report as an object of JSON: the properties' names in camelCase, times in seconds.</summary>
internal static class TrainingReportJson
{
    public static void Write(Utf8JsonWriter json, TrainingReport report, DateTimeOffset time, RunSession session)
    {
        json.WriteStartObject();
        json.WriteString("time", time);
        session.WriteTo(json);
        json.WriteFinite("elapsedSeconds", report.Elapsed.TotalSeconds);
        json.WriteFinite("remainingSeconds", report.Remaining?.TotalSeconds);
        json.WriteNumber("frames", report.Frames);
        json.WriteNumber("targetFrames", report.TargetFrames);
        json.WriteNumber("environmentSteps", report.EnvironmentSteps);
        json.WriteNumber("updates", report.Updates);
        json.WriteNumber("refusedUpdates", report.RefusedUpdates);
        json.WriteRefusedMessages(report.RefusedMessages);
        json.WriteFinite("framesPerSecond", report.FramesPerSecond);
        json.WriteNumber("episodes", report.Episodes);
        json.WriteFinite("meanReturn100", report.MeanReturn100);
        json.WriteFinite("bestMeanReturn100", report.BestMeanReturn100);
        json.WriteFinite("meanLength100", report.MeanLength100);
        json.WriteFinite("learningRate", report.LearningRate);
        json.WriteFinite("policyLoss", report.PolicyLoss);
        json.WriteFinite("valueLoss", report.ValueLoss);
        json.WriteFinite("entropy", report.Entropy);
        json.WriteFinite("explainedVariance", report.ExplainedVariance);
        json.WriteFinite("gradientNorm", report.GradientNorm);
        json.WriteFailures(report.FailedAgents);
        json.WriteConsensus(report.Consensus);
        json.WriteReturns(report.Returns);
        json.WriteGauges(report.Gauges);
        json.WriteStartArray("agents");
        foreach (AgentReport agent in report.Agents.Concat(report.Helpers))
        {
            Write(json, agent);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AgentReport agent)
    {
        json.WriteStartObject();
        json.WriteNumber("rank", agent.Rank);
        if (agent.Name is { } name)
        {
            json.WriteString("name", name);
        }

        json.WriteString("state", JsonNamingPolicy.CamelCase.ConvertName(agent.State.ToString()));
        json.WriteNumber("updates", agent.Updates);
        json.WriteNumber("refusedUpdates", agent.RefusedUpdates);
        json.WriteRefusedMessages(agent.RefusedMessages);
        json.WriteFinite("framesPerSecond", agent.FramesPerSecond);
        json.WriteFinite("meanReturn100", agent.MeanReturn100);
        json.WriteFinite("entropy", agent.Entropy);
        json.WriteFinite("distanceToMean", agent.DistanceToMean);
        json.WriteNumber("mixes", agent.Mixes);
        json.WriteFinite("mixShare", agent.MixShare);
        json.WriteFinite("staleness", agent.Staleness);
        json.WriteFinite("staleness99", agent.Staleness99);
        json.WriteFinite("aheadShare", agent.AheadShare);
        json.WriteEndObject();
    }
}
