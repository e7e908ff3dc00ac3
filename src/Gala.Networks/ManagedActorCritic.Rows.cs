namespace Gala.Networks;

// What callers write and read by row.
public sealed unsafe partial class ManagedActorCritic
{
    /// <inheritdoc />
    public Span<float> Observations(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _input.ValueSpan(firstRow, rows);
    }

    /// <inheritdoc />
    public Span<float> States(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _memory is null ? [] : _memory.States(firstRow, rows);
    }

    /// <inheritdoc />
    public ReadOnlySpan<float> NextStates(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _memory is null ? [] : _memory.NextStates(firstRow, rows);
    }

    /// <inheritdoc />
    public ReadOnlySpan<float> Logits(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.Logits.Span.Slice(firstRow * Spec.Actions, rows * Spec.Actions);
    }

    /// <inheritdoc />
    public ReadOnlySpan<float> Values(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.Values.Span.Slice(firstRow, rows);
    }

    /// <inheritdoc />
    public Span<float> LogitGradients(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.LogitGradients.Span.Slice(firstRow * Spec.Actions, rows * Spec.Actions);
    }

    /// <inheritdoc />
    public Span<float> ValueGradients(int firstRow, int rows)
    {
        ThrowIfOutside(firstRow, rows);
        return _heads.ValueGradients.Span.Slice(firstRow, rows);
    }

    private void ThrowIfOutside(int firstRow, int rows)
    {
        if (firstRow < 0 || rows < 0 || firstRow > Capacity - rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(firstRow), $"Rows {firstRow} to {firstRow + rows - 1} were asked for, but the network holds {Capacity}.");
        }
    }
}
