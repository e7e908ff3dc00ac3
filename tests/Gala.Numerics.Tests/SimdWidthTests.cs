using System.Runtime.Intrinsics.X86;

namespace Gala.Numerics.Tests;

public class SimdWidthTests
{
    [Fact]
    public void Widest_RuntimeSwitches_NarrowIt()
    {
        if (IsOff("DOTNET_EnableHWIntrinsic"))
        {
            Assert.Equal(1, SimdWidth.Widest.Lanes);
        }
        else if (IsOff("DOTNET_EnableAVX2") || IsOff("DOTNET_EnableAVX"))
        {
            Assert.Equal(4, SimdWidth.Widest.Lanes);
        }
        else if (IsOff("DOTNET_EnableAVX512"))
        {
            Assert.True(SimdWidth.Widest.Lanes <= 8, $"AVX-512 is switched off, but the width is {SimdWidth.Widest}.");
        }
        else if (Avx2.IsSupported)
        {
            Assert.True(SimdWidth.Widest.Lanes >= 8, $"The machine has AVX2, but the width is {SimdWidth.Widest}.");
        }
    }

    [Fact]
    public void Supported_AnyMachine_EndsWithTheScalarWidth()
    {
        Assert.Equal(new SimdWidth(1), SimdWidth.Supported[^1]);
        Assert.Equal(SimdWidth.Supported.OrderByDescending(width => width.Lanes), SimdWidth.Supported);
    }

    private static bool IsOff(string variable) => Environment.GetEnvironmentVariable(variable) == "0";
}
