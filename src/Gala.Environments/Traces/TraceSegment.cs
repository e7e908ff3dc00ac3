using System.Text.Json;
using Gala.Environments.MinAtar;

namespace Gala.Environments;

/// <summary>One line of a trace file: an environment created fresh and played for a number of steps.</summary>
internal sealed record TraceSegment(
    string Game,
    int Segment,
    bool DifficultyRamping,
    double StickyActionProb,
    int Channels,
    int Steps,
    TraceReset Start,
    int[] Actions,
    int[] Rewards,
    int[] Terminals,
    string[] Hashes,
    TraceDraw[][] Draws,
    TraceObservation[] Obs,
    TraceReset[] Resets)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 8,
    };

    /// <summary>Reads and checks one line.</summary>
    /// <exception cref="InvalidDataException">The line is no segment, or contradicts itself.</exception>
    public static TraceSegment Parse(ReadOnlySpan<byte> line)
    {
        TraceSegment segment;
        try
        {
            segment = JsonSerializer.Deserialize<TraceSegment>(line, Format) ?? throw new InvalidDataException("it is null");
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"it is no trace segment ({OneLine(problem.Message)})", problem);
        }

        segment.Check();
        return segment;
    }

    /// <summary>The game's description, sure to exist.</summary>
    public GameDescription Description() => GameDescription.Find(Game)!;

    private void Check()
    {
        Require(GameDescription.Find(Game) is not null, "its game is none of the five");
        Require(Channels == Description().Channels, $"{Game} has {Description().Channels} channels, not {Channels}");
        Require(StickyActionProb is >= 0 and <= 1, "sticky_action_prob is not in 0 to 1");
        bool complete = Steps >= 0 && Actions.Length == Steps && Rewards.Length == Steps && Terminals.Length == Steps
            && Hashes.Length == Steps && Draws.Length == Steps;
        Require(complete, "actions, rewards, terminals, hashes and draws are not 'steps' long");
        Require(Array.TrueForAll(Actions, action => action is >= 0 and <= 5), "an action is not in 0 to 5");
        Require(Array.TrueForAll(Terminals, terminal => terminal is 0 or 1), "a terminal flag is neither 0 nor 1");
        Require(Array.TrueForAll(Hashes, ObservationHash.IsWellFormed), "a hash is not 16 lower-case hexadecimal digits");
        Require(Array.TrueForAll(Draws, AreSound), "a draw is malformed");
        CheckObservations();
        CheckResets();
    }

    private void CheckObservations()
    {
        int previous = -1;
        foreach (TraceObservation? observation in Obs)
        {
            Require(observation is not null && AreIndices(observation.Obs), "an observation is malformed");
            Require(observation!.Step > previous && observation.Step < Steps, "the observations' steps are not in order");
            previous = observation.Step;
        }
    }

    private void CheckResets()
    {
        Require(IsSound(Start), "the start is malformed");
        int previous = -1;
        foreach (TraceReset? reset in Resets)
        {
            Require(reset is not null && IsSound(reset), "a reset is malformed");
            Require(reset!.After > previous && reset.After < Steps, "the resets are not in order");
            previous = reset.After!.Value;
        }
    }

    private bool IsSound(TraceReset reset) =>
        AreSound(reset.Draws) && ObservationHash.IsWellFormed(reset.Hash) && AreIndices(reset.Obs);

    private static bool AreSound(TraceDraw[]? draws) => draws is not null && Array.TrueForAll(draws, draw => draw is { IsSound: true });

    private bool AreIndices(int[] indices)
    {
        int previous = -1;
        foreach (int index in indices)
        {
            if (index <= previous || index >= Board.Cells * Channels)
            {
                return false;
            }

            previous = index;
        }

        return true;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidDataException(otherwise);
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
