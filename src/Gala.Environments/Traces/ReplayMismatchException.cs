namespace Gala.Environments;

/// <summary>A replay left the trace. Never leaves the replayer.</summary>
internal sealed class ReplayMismatchException(string what) : Exception(what);
