using Gala.Mpi.Binding;

namespace Gala.Mpi.Tests;

public sealed class LibraryNamesTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "libmpi.so.40")]
    [InlineData("PMI_SIZE", "libmpich.so.12")]
    [InlineData("OTHER", "libmpi.so.40")]
    public void InOrder_ByLauncher_ItsOwnLibraryFirst(string variable, string expected) =>
        Assert.Equal(expected, LibraryNames.InOrder(name => name == variable ? "2" : null)[0]);

    [Fact]
    public void InOrder_Named_NoOther() =>
        Assert.Equal(["/opt/mpi/lib/libmpi.so"], LibraryNames.InOrder(name => name == MpiLibrary.Variable ? "/opt/mpi/lib/libmpi.so" : null));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE", "4", 4)]
    [InlineData("PMI_SIZE", "3", 3)]
    [InlineData("PMI_SIZE", "", null)]
    [InlineData("OTHER", "3", null)]
    public void Launched_ByVariable_IsTheNumberOfProcesses(string variable, string value, int? expected) =>
        Assert.Equal(expected, LibraryNames.Launched(name => name == variable ? value : null));

    [Fact]
    public void TryLoad_NoSuchFile_IsNull() => Assert.Null(SharedObject.TryLoad("libnone-of-that-name.so"));

    [Fact]
    public void Address_NotAnMpiLibrary_SaysSo()
    {
        MpiException exception = Assert.Throws<MpiException>(() => SharedObject.TryLoad("libc.so.6")!.Address("MPI_Isend"));
        Assert.Contains(MpiLibrary.Variable, exception.Message, StringComparison.Ordinal);
    }
}
