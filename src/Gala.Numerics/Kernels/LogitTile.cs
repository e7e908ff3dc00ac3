using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Gala.Numerics;

/// <summary>Up to sixteen rows of logits, turned so that a lane is a row and a vector is an action: what is reduced along a row then
/// needs no step across lanes, runs in the order of the actions, and cannot tell one row from another.</summary>
internal readonly ref struct LogitTile
{
    /// <summary>Longest row whose tile a caller keeps on its stack.</summary>
    public const int StackActions = 64;

    /// <summary>Floats of such a tile.</summary>
    public const int StackLength = StackActions * Lanes.Count;

    // Each thread's own, kept for as long as the thread lives: a shared pool may be emptied, and would then allocate again.
    [ThreadStatic]
    private static float[]? _threadMemory;

    private readonly ref float _first;
    private readonly int _actions;
    private readonly int _rows;

    /// <summary>Turns rows of logits.</summary>
    /// <param name="logits">The tile's rows, shape [rows, actions], 1 to 16 rows.</param>
    /// <param name="actions">Elements of a row.</param>
    /// <param name="memory">At least actions · 16 floats, to be used by this tile alone.</param>
    public LogitTile(ReadOnlySpan<float> logits, int actions, Span<float> memory)
    {
        (_actions, _rows) = (actions, logits.Length / actions);
        memory = memory[..(actions * Lanes.Count)];
        _first = ref MemoryMarshal.GetReference(memory);
        if (_rows < Lanes.Count)
        {
            memory.Clear(); // lanes without a row compute on zeros; nobody reads what comes of it
        }

        ref float source = ref MemoryMarshal.GetReference(logits);
        for (int row = 0; row < _rows; row++)
        {
            for (int action = 0; action < actions; action++)
            {
                Unsafe.Add(ref _first, (action * Lanes.Count) + row) = source;
                source = ref Unsafe.Add(ref source, 1);
            }
        }
    }

    /// <summary>Memory for a tile that is too long for the stack; valid until the thread's next call.</summary>
    public static Span<float> ThreadMemory(int actions)
    {
        int length = checked(actions * Lanes.Count);
        if (_threadMemory is null || _threadMemory.Length < length)
        {
            _threadMemory = new float[length];
        }

        return _threadMemory;
    }

    /// <summary>One action's numbers of all rows.</summary>
    public Vector512<float> this[int action]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.LoadUnsafe(ref _first, (nuint)(action * Lanes.Count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => value.StoreUnsafe(ref _first, (nuint)(action * Lanes.Count));
    }

    /// <summary>Subtracts each row's largest logit from its logits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SubtractMaximum()
    {
        Vector512<float> maximum = this[0];
        for (int action = 1; action < _actions; action++)
        {
            Vector512<float> logits = this[action];
            maximum = Vector512.ConditionalSelect(Vector512.GreaterThan(logits, maximum), logits, maximum);
        }

        for (int action = 0; action < _actions; action++)
        {
            this[action] -= maximum;
        }
    }

    /// <summary>Turns the tile back into rows.</summary>
    public void CopyTo(Span<float> rows)
    {
        ref float target = ref MemoryMarshal.GetReference(rows[..(_rows * _actions)]);
        for (int row = 0; row < _rows; row++)
        {
            for (int action = 0; action < _actions; action++)
            {
                target = Unsafe.Add(ref _first, (action * Lanes.Count) + row);
                target = ref Unsafe.Add(ref target, 1);
            }
        }
    }
}
