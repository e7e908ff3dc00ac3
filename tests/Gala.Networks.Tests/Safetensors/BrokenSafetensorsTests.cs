using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Gala.Networks.Tests;

public sealed class BrokenSafetensorsTests
{
    [Theory]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 7, "data")] // one byte missing
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 9, "9 bytes of data")] // one too many
    [InlineData("""{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "'w'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}""", 8, "shape of tensor 'w'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}}""", 8, "shape of tensor 'w'")]
    [InlineData("""{"w":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}""", 8, "'BF16'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", 8, "data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,9]}}""", 8, "data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2]}}""", 8, "lacks")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":1}}""", 8, "'x'")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 8, "repeated")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]}}""", 8, "twice")]
    [InlineData("""{"w":{"dtype":"U8","shape":[8],"data_offsets":[0,8]},"v":{"dtype":"U8","shape":[4],"data_offsets":[4,8]}}""", 8, "overlaps")]
    [InlineData("""{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"v":{"dtype":"U8","shape":[3],"data_offsets":[5,8]}}""", 8, "gap")]
    [InlineData("""{"w":{"dtype":"U8","shape":[7],"data_offsets":[1,8]}}""", 8, "gap")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "dimension")]
    [InlineData("""{"w":{"dtype":"U8","shape":[65536,65536,65536,65536],"data_offsets":[0,0]}}""", 0, "'w'")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1073741824],"data_offsets":[0,4294967296]}}""", 8, "supported")]
    [InlineData("""{"w":{"dtype":"F32","shape":[100000000],"data_offsets":[0,400000000]}}""", 8, "8 bytes of data")]
    [InlineData("""{"w":{"dtype":"U8","shape":[99999999999999999999],"data_offsets":[0,8]}}""", 8, "shape")]
    [InlineData("""{"__metadata__":{"a":1}}""", 0, "note 'a'")]
    [InlineData("""{"__metadata__":{"a":"1","a":"2"}}""", 0, "note 'a' twice")]
    [InlineData("""{"":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "without a name")]
    [InlineData("""{"a\nb":{"dtype":"F64","shape":[0],"data_offsets":[0,0]}}""", 0, "'a?b'")]
    [InlineData("""{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "JSON")]
    [InlineData("""[]""", 0, "start with '{'")]
    [InlineData("""{"w":[]}""", 0, "'w'")]
    [InlineData("""{} {}""", 0, "JSON")]
    [InlineData("""{""", 0, "JSON")]
    [InlineData("", 0, "start with '{'")]
    public void Read_BrokenHeader_SaysWhatIsWrongInOneLine(string header, int dataLength, string part)
    {
        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => Read(Join(header, dataLength)));
        Assert.Contains(part, exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    [Fact]
    public void Read_HeaderLengthBeyondTheFile_SaysSoAndAllocatesNothingOfIt()
    {
        foreach (ulong length in new ulong[] { 3, 1_000_000_000, long.MaxValue, ulong.MaxValue })
        {
            byte[] bytes = Join("{}", 0);
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Contains($"{length} bytes", Assert.Throws<InvalidDataException>(() => Read(bytes)).Message);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
        }
    }

    [Fact]
    public void Read_EveryTruncation_IsInvalidData()
    {
        byte[] whole = Sample();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => Read(whole[..length]));
        }
    }

    [Fact]
    public void Read_RandomDamage_IsInvalidDataOrAFileAndNothingElse()
    {
        byte[] whole = Sample();
        Gen<(int Place, byte Value)[]> damage = ArbMap.Default.GeneratorFor<byte>()
            .SelectMany(value => Gen.Choose(0, whole.Length - 1), (value, place) => (place, value))
            .NonEmptyListOf()
            .Select(list => list.Take(6).ToArray());
        Config config = Config.QuickThrowOnFailure.WithMaxTest(5_000).WithReplay(new Replay(new Rnd(20, 7), null));
        Prop.ForAll(Arb.From(damage), list => SurvivesOrReports(whole, list)).Check(config);
    }

    private static bool SurvivesOrReports(byte[] whole, (int Place, byte Value)[] damage)
    {
        byte[] bytes = [.. whole];
        foreach ((int place, byte value) in damage)
        {
            bytes[place] = value;
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Read(bytes);
        }
        catch (InvalidDataException exception)
        {
            Assert.DoesNotContain('\n', exception.Message);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before < 100_000;
    }

    private static byte[] Sample()
    {
        using MemoryStream stream = new();
        SafetensorsFile.Write(
            stream,
            [
                new SafetensorsTensor("torso.0.weight", [2, 3], new float[] { 1, 2, 3, 4, 5, 6 }),
                new SafetensorsTensor("steps", [], new long[] { 9 }),
                new SafetensorsTensor("state", [5], new byte[] { 1, 2, 3, 4, 5 }),
            ],
            new Dictionary<string, string> { ["format"] = "gala" });
        return stream.ToArray();
    }

    private static byte[] Join(string header, int dataLength)
    {
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] length = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        return [.. length, .. json, .. new byte[dataLength]];
    }

    private static SafetensorsFile Read(byte[] bytes)
    {
        using MemoryStream stream = new(bytes);
        return SafetensorsFile.Read(stream);
    }
}
