using System.Text.Json;
using Gala.Reproductions;

namespace Gala.Tests.Reproductions;

public sealed class TrainedRunTests
{
    [Fact]
    public void WithoutLost_RunThatCrashedTwice_KeepsOneValueForEachFrame()
    {
        string[] lines =
        [
            """{"frames":100}""", // of a version that marked no sessions
            """{"session":1,"frames":200}""",
            """{"session":1,"frames":300}""",
            """{"session":2,"resumedFrom":200,"frames":250}""",
            """{"session":2,"resumedFrom":200,"frames":350}""",
            """{"session":2,"resumedFrom":200,"frames":450}""",
            """{"session":3,"resumedFrom":350,"frames":400}""",
            """{"session":3,"resumedFrom":350,"frames":500}""",
        ];

        IReadOnlyList<JsonElement> kept = TrainedRun.WithoutLost([.. lines.Select(line => JsonDocument.Parse(line).RootElement)]);

        Assert.Equal([100, 200, 250, 350, 400, 500], kept.Select(report => report.GetProperty("frames").GetInt32()));
    }
}
