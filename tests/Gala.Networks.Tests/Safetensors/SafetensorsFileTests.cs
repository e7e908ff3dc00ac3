using System.Text;

namespace Gala.Networks.Tests;

public sealed class SafetensorsFileTests
{
    private const string GoldenHeader =
        """{"__metadata__":{"by":"hand"},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";

    // Header length 144 (138 and padding), header, 1.0f, -2.5f, 258 as I64: written by hand from the format's description.
    private static byte[] GoldenBytes =>
    [
        144, 0, 0, 0, 0, 0, 0, 0,
        .. Encoding.ASCII.GetBytes(GoldenHeader.PadRight(144)),
        0x00, 0x00, 0x80, 0x3F, 0x00, 0x00, 0x20, 0xC0,
        0x02, 0x01, 0, 0, 0, 0, 0, 0,
    ];

    [Fact]
    public void Write_GoldenTensors_GivesGoldenBytes()
    {
        SafetensorsTensor[] tensors = [new("w", [1, 2], new float[] { 1, -2.5f }), new("n", [], new long[] { 258 })];
        Assert.Equal(GoldenBytes, Write(tensors, new Dictionary<string, string> { ["by"] = "hand" }));
    }

    [Fact]
    public void Read_GoldenBytes_GivesGoldenTensors()
    {
        SafetensorsFile file = Read(GoldenBytes);
        Assert.Equal(["w", "n"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1, -2.5f], file.Find("w")!.Singles.ToArray());
        Assert.Equal([1, 2], file.Find("w")!.Shape);
        Assert.Equal([258L], file.Find("n")!.Integers.ToArray());
        Assert.Empty(file.Find("n")!.Shape);
        Assert.Equal("hand", file.Metadata["by"]);
        Assert.Null(file.Find("m"));
    }

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToTheBit()
    {
        float[] odd = [float.NaN, -0f, float.NegativeInfinity, float.Epsilon, BitConverter.Int32BitsToSingle(0x7FC12345)];
        SafetensorsTensor[] tensors =
        [
            new("odd \"name\" \u00e9\U0001F600", [5], odd),
            new("empty", [3, 0, 2], ReadOnlyMemory<float>.Empty),
            new("bytes", [2, 1, 2], new byte[] { 0, 255, 7, 128 }),
            new("integers", [2], new[] { long.MinValue, long.MaxValue }),
        ];
        Dictionary<string, string> notes = new() { ["z"] = "last\nline", ["a"] = "\u00fcber" };
        SafetensorsFile file = Read(Write(tensors, notes));
        Assert.Equal(notes.OrderBy(note => note.Key), file.Metadata.OrderBy(note => note.Key));
        Assert.Equal(tensors.Length, file.Tensors.Count);
        foreach (SafetensorsTensor tensor in tensors)
        {
            SafetensorsTensor read = file.Find(tensor.Name)!;
            Assert.Equal(tensor.Shape, read.Shape);
            Assert.Equal(tensor.Element, read.Element);
            Assert.Equal(tensor.RawData.ToArray(), read.RawData.ToArray());
        }
    }

    [Fact]
    public void Write_NotesInAnotherOrder_GivesTheSameBytes()
    {
        byte[] first = Write([], new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" });
        Assert.Equal(first, Write([], new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }));
        Assert.Equal(0, first.Length % 8);
    }

    [Fact]
    public void Write_Path_IsReadBack()
    {
        string path = Path.GetTempFileName();
        try
        {
            SafetensorsFile.Write(path, [new SafetensorsTensor("w", [2], new float[] { 3, 4 })]);
            Assert.Equal([3f, 4f], SafetensorsFile.Read(path).Find("w")!.Singles.ToArray());
            Assert.Empty(SafetensorsFile.Read(path).Metadata);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Write_NamesClash_Throws()
    {
        SafetensorsTensor tensor = new("w", [0], ReadOnlyMemory<float>.Empty);
        Assert.Throws<ArgumentException>(() => Write([tensor, tensor], null));
        Assert.Throws<ArgumentException>(() => Write([new SafetensorsTensor("__metadata__", [0], ReadOnlyMemory<float>.Empty)], null));
    }

    [Fact]
    public void Tensor_ShapeDoesNotHoldTheData_Throws()
    {
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [2, 3], new float[5]));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [-1, -5], new float[5]));
        Assert.Throws<ArgumentException>(() => new SafetensorsTensor("w", [65536, 65536, 65536, 65536], Array.Empty<byte>())); // 2⁶⁴ wraps to 0
        Assert.Throws<InvalidOperationException>(() => new SafetensorsTensor("w", [5], new float[5]).Bytes.Length);
    }

    private static byte[] Write(SafetensorsTensor[] tensors, Dictionary<string, string>? metadata)
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(stream, tensors, metadata);
        return stream.ToArray();
    }

    private static SafetensorsFile Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return SafetensorsFile.Read(stream);
    }
}
