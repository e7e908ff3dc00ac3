using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gala.Runs.Checkpoints;

/// <summary><c>checkpoint.json</c>: counters, and the length and digest of every other file.</summary>
internal sealed record CheckpointManifest
{
    public const string FileName = "checkpoint.json";
    private const double MostSeconds = 1e11; // three thousand years; what TimeSpan can hold
    private const int Version = 3; // raised with every change that an older reader would not understand
    private const int OldestVersion = 1; // stays: what was written once is read for ever

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    public required int FormatVersion { get; init; }

    public required long Frames { get; init; }

    public required long Updates { get; init; }

    public required double WallSeconds { get; init; }

    public required long Episodes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] // older versions have none
    public long EarlierEpisodes { get; init; }

    public required double? BestMeanReturn100 { get; init; }

    public required IReadOnlyList<CheckpointFile> Files { get; init; }

    /// <summary>SHA-256 of the manifest as it is written with this empty.</summary>
    public required string ManifestSha256 { get; init; }

    public static CheckpointManifest Of(Checkpoint checkpoint, IReadOnlyList<CheckpointFile> files)
    {
        CheckpointManifest manifest = new()
        {
            FormatVersion = Version,
            Frames = checkpoint.Frames,
            Updates = checkpoint.Updates,
            WallSeconds = checkpoint.WallSeconds,
            Episodes = checkpoint.Episodes,
            EarlierEpisodes = checkpoint.EarlierEpisodes,
            BestMeanReturn100 = checkpoint.BestMeanReturn100 is { } best && double.IsFinite(best) ? best : null, // JSON has no NaN
            Files = files,
            ManifestSha256 = "",
        };
        return manifest with { ManifestSha256 = manifest.Digest() };
    }

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Reads a manifest that is whole.</summary>
    /// <exception cref="InvalidDataException">It is damaged or of another version.</exception>
    public static CheckpointManifest Parse(ReadOnlySpan<byte> bytes)
    {
        CheckpointManifest manifest = Deserialize(bytes);
        if (manifest.FormatVersion is < OldestVersion or > Version)
        {
            throw new InvalidDataException($"{FileName} has format version {manifest.FormatVersion}; this version of Gala reads {OldestVersion} to {Version}");
        }

        if (manifest.Files.Any(file => file is null)) // which the annotations do not look into
        {
            throw new InvalidDataException($"{FileName} lists a file that is null");
        }

        if (manifest.Frames is < 0 or > OptionCatalog.MostFrames || manifest.Updates < 0 || manifest.Updates > manifest.Frames || manifest.Episodes < 0
            || manifest.WallSeconds is not (>= 0 and < MostSeconds))
        {
            throw new InvalidDataException($"{FileName} has counters that cannot be");
        }

        return manifest.ManifestSha256 == manifest.Digest() && bytes.SequenceEqual(manifest.ToBytes())
            ? manifest
            : throw new InvalidDataException($"{FileName} does not match its own digest");
    }

    private static CheckpointManifest Deserialize(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<CheckpointManifest>(bytes, Json) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{FileName} is no manifest", exception);
        }
    }

    private string Digest() => Convert.ToHexStringLower(SHA256.HashData((this with { ManifestSha256 = "" }).ToBytes()));
}
