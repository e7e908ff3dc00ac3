using Gala.Environments;
using Gala.Numerics;

namespace Gala.Cli.Tests;

/// <summary>What the command says of environments that it cannot use.</summary>
public sealed class RefusedEnvironmentTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gala-tests-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("first", 1)]
    [InlineData("fifth", 5)]
    public void Train_AnEnvironmentCannotBeMade_PrintsOneLineAndLeavesWith2(string name, int fails)
    {
        int made = 0;
        EnvironmentRegistry.Default.Register(
            $"tests/unmade-{name}", () => ++made < fails ? new Idle() : throw new InvalidOperationException("no port\nleft"));
        TestConsole console = new();

        int code = console.Run("train", "--environment", $"tests/unmade-{name}", "--agents", "2", "--simulators", "4", "--frames", "6k", "--quiet",
            "--run", Path.Combine(_folder, name));

        Assert.Equal(2, code);
        Assert.Equal($"error: Environment 'tests/unmade-{name}' cannot be made: no port left", Assert.Single(console.ErrorLines));
        Assert.DoesNotContain("   at ", console.Out, StringComparison.Ordinal);
    }

    private sealed class Idle : IEnvironment
    {
        public EnvironmentSpec Spec { get; } = new() { Id = "tests/idle", Observation = TensorShape.Vector(3), Actions = 2 };

        public void Reset(Span<float> observation) => observation.Clear();

        public void Reset(ulong seed, Span<float> observation) => observation.Clear();

        public StepResult Step(int action, Span<float> observation) => new(0, true, false);
    }
}
