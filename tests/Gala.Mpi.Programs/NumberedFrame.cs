using System.Runtime.InteropServices;
using Gala.Gossip;

namespace Gala.Mpi.Programs;

/// <summary>A frame of which every byte follows from who filled it and when.</summary>
internal sealed class NumberedFrame(int length) : Frame(length)
{
    public int Process => MemoryMarshal.Read<int>(Content);

    public int Number => MemoryMarshal.Read<int>(Content[sizeof(int)..]);

    public void Fill(int process, int number)
    {
        MemoryMarshal.Write(Content, process);
        MemoryMarshal.Write(Content[sizeof(int)..], number);
        Span<byte> rest = Content[(2 * sizeof(int))..];
        for (int i = 0; i < rest.Length; i++)
        {
            rest[i] = Byte(process, number, i);
        }
    }

    public bool IsWhole()
    {
        Span<byte> rest = Content[(2 * sizeof(int))..];
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] != Byte(Process, Number, i))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Byte(int process, int number, int index) => (byte)((process * 31) + (number * 7) + (index * 13) + (index >> 8));
}
