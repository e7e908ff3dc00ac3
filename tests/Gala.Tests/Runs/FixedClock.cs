namespace Gala.Tests.Runs;

/// <summary>A clock that stands still at 2026-03-04 05:06:07 UTC.</summary>
internal sealed class FixedClock : TimeProvider
{
    public const long UnixSeconds = 1_772_600_767;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeSeconds(UnixSeconds);
}
