namespace Gala.Numerics;

/// <summary>Where the values of a tile's row or column lie.</summary>
internal unsafe interface ILine
{
    /// <summary>Address of the value at a place, from 0 on.</summary>
    float* At(nint place);
}
