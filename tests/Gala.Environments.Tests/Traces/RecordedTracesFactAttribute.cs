namespace Gala.Environments.Tests.Traces;

/// <summary>A test that is skipped, visibly, where there are no recorded traces.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RecordedTracesFactAttribute : FactAttribute
{
    public RecordedTracesFactAttribute()
    {
        if (RecordedTraces.Folder() is null)
        {
            Skip = "No recorded traces: set GALA_TRACES to their folder.";
        }
    }
}
