namespace Gala.Numerics;

/// <summary>What a kernel needs of a vector, so that one source serves every width; the compiler makes plain instructions of it.</summary>
/// <typeparam name="TVector">A vector of floats, or a few of them side by side (<see cref="Pair{TVector}"/>, <see cref="Triple{TVector}"/>).</typeparam>
internal unsafe interface IVectorOps<TVector>
    where TVector : struct
{
    /// <summary>Number of floats.</summary>
    static abstract int Lanes { get; }

    /// <summary>Rows of an output tile: as many as the machine's registers hold when a row is a <see cref="Triple{TVector}"/>.</summary>
    static abstract int TileRows { get; }

    /// <summary>The floats from <paramref name="source"/> on.</summary>
    static abstract TVector Load(float* source);

    /// <summary>Writes the floats from <paramref name="target"/> on.</summary>
    static abstract void Store(TVector vector, float* target);

    /// <summary>vector · scalar + sum, rounded as <see cref="Kernels.MultiplyAdd(float, float, float)"/> does. The scalar comes by address, so that one instruction loads and spreads it.</summary>
    static abstract TVector MultiplyAdd(TVector vector, float* scalar, TVector sum);

    /// <summary>vector · factor + sum, rounded as <see cref="Kernels.MultiplyAdd(float, float, float)"/> does, for a factor that the compiler knows.</summary>
    static abstract TVector MultiplyAdd(TVector vector, float factor, TVector sum);

    /// <summary>The larger of each element and the floor; NaN stays NaN.</summary>
    static abstract TVector Max(TVector vector, float floor);

    /// <summary>left + right.</summary>
    static abstract TVector Add(TVector left, TVector right);

    /// <summary>left − right.</summary>
    static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>The gradient where the gate is positive, zero elsewhere.</summary>
    static abstract TVector KeepWherePositive(TVector gate, TVector gradient);

    /// <summary>gradient · (1 − output²), each operation rounded.</summary>
    static abstract TVector TanhGradient(TVector output, TVector gradient);
}
