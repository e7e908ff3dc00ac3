using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Gala.Networks;

namespace Gala.Runs;

/// <summary>SHA-256 of parameters: equal digests mean equal bits.</summary>
public static class ParametersDigest
{
    private const int ChunkLength = 256;

    /// <summary>The digest of one vector's little-endian bytes, in lower-case hexadecimal.</summary>
    public static string Of(ReadOnlySpan<float> parameters)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, parameters);
        return Finish(hash);
    }

    /// <summary>The digest of several vectors, one after the other, as if they were one.</summary>
    /// <param name="agents">In order of rank.</param>
    public static string Of(IEnumerable<ParameterVector> agents)
    {
        ArgumentNullException.ThrowIfNull(agents);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ParameterVector agent in agents)
        {
            Append(hash, agent.Span);
        }

        return Finish(hash);
    }

    /// <summary>The same of copies.</summary>
    internal static string Of(IEnumerable<float[]> agents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (float[] agent in agents)
        {
            Append(hash, agent);
        }

        return Finish(hash);
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> parameters)
    {
        if (BitConverter.IsLittleEndian)
        {
            hash.AppendData(MemoryMarshal.AsBytes(parameters));
            return;
        }

        Span<byte> bytes = stackalloc byte[ChunkLength * sizeof(float)];
        for (int start = 0; start < parameters.Length; start += ChunkLength)
        {
            ReadOnlySpan<float> chunk = parameters.Slice(start, Math.Min(ChunkLength, parameters.Length - start));
            for (int i = 0; i < chunk.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes[(i * sizeof(float))..], chunk[i]);
            }

            hash.AppendData(bytes[..(chunk.Length * sizeof(float))]);
        }
    }

    private static string Finish(IncrementalHash hash) => Convert.ToHexStringLower(hash.GetHashAndReset());
}
