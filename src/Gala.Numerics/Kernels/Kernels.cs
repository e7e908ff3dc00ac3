namespace Gala.Numerics;

/// <summary>The arithmetic of the project on flat memory, one operation a file. Rows and elements are independent of one another: the
/// same bits in any batch, for every vector width.</summary>
public static partial class Kernels
{
}
