using Gala.Architectures;

namespace Gala.Tests.Architectures;

public sealed class ParameterStoreTests
{
    [Fact]
    public void Pull_AfterSomePublications_GivesTheNewestWithItsVersion()
    {
        using ParameterStore store = new(3);
        float[] pulled = new float[3];
        Assert.Throws<InvalidOperationException>(() => store.Pull(pulled));
        foreach (long version in (long[])[0, 7, 7, 8]) // a version may be published twice
        {
            store.Publish([version, 1, 2], version);
            Assert.Equal(version, store.Pull(pulled));
            Assert.Equal([version, 1, 2], pulled);
        }
    }

    [Fact]
    public void Pull_WhileTheLearnerPublishesWithoutPause_IsNeverTornAndNeverGoesBack()
    {
        const int Length = 200_000, Publications = 1_000, Readers = 3; // long enough to be interrupted in the middle of a copy
        using ParameterStore store = new(Length);
        store.Publish(new float[Length], 0);
        string?[] faults = new string?[Readers];
        Thread[] readers = [.. Enumerable.Range(0, Readers).Select(reader => new Thread(() => faults[reader] = Read(store, Length, Publications)))];
        Array.ForEach(readers, reader => reader.Start());

        float[] parameters = new float[Length];
        for (int version = 1; version <= Publications; version++)
        {
            parameters.AsSpan().Fill(version);
            store.Publish(parameters, version);
        }

        Array.ForEach(readers, reader => reader.Join());
        Assert.All(faults, Assert.Null);
    }

    [Fact]
    public void PublishAndPull_AllocateNothing()
    {
        using ParameterStore store = new(100);
        float[] parameters = new float[100];
        RoundTrip(store, parameters);
        long before = GC.GetAllocatedBytesForCurrentThread();
        RoundTrip(store, parameters);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void RoundTrip(ParameterStore store, float[] parameters)
    {
        store.Publish(parameters, 1);
        store.Pull(parameters);
    }

    /// <summary>Reads until the last version; returns what was wrong, or null.</summary>
    private static string? Read(ParameterStore store, int length, int last)
    {
        float[] parameters = new float[length];
        long before = 0;
        long version = 0;
        while (version < last)
        {
            version = store.Pull(parameters);
            if (parameters.AsSpan().ContainsAnyExcept((float)version))
            {
                return $"torn at version {version}";
            }

            if (version < before)
            {
                return $"version {version} after {before}";
            }

            before = version;
        }

        return null;
    }
}
