using System.Runtime.InteropServices;

namespace Gala.Mpi.Binding;

/// <summary>A native library whose symbols are visible to those that it loads itself, as Open MPI's components need.</summary>
/// <remarks>.NET loads libraries with their symbols kept apart, so this asks the C library. It is never unloaded: MPI may not be.</remarks>
internal sealed class SharedObject
{
    private const int Now = 2; // RTLD_NOW and RTLD_GLOBAL of Linux
    private const int Global = 0x100;
    private readonly nint _handle;

    private SharedObject(string name, nint handle) => (Name, _handle) = (name, handle);

    /// <summary>The name that it was found by.</summary>
    public string Name { get; }

    /// <summary>Loads a library by path, or by name from where the system looks; null if there is none or it does not load.</summary>
    public static SharedObject? TryLoad(string name)
    {
        nint handle = NativeMethods.Open(name, Now | Global);
        return handle == 0 ? null : new SharedObject(name, handle);
    }

    /// <summary>Whether the library has a symbol.</summary>
    public bool Has(string symbol) => NativeLibrary.TryGetExport(_handle, symbol, out _);

    /// <summary>The address of a symbol.</summary>
    /// <exception cref="MpiException">The library does not have it.</exception>
    public nint Address(string symbol) => NativeLibrary.TryGetExport(_handle, symbol, out nint address)
        ? address
        : throw new MpiException($"{Name} has no {symbol}: it is no MPI library; name another one in {MpiLibrary.Variable}");

    private static class NativeMethods
    {
        // The C library itself has dlopen since glibc 2.34, and in musl.
        [DllImport("libc", EntryPoint = "dlopen", BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern nint Open([MarshalAs(UnmanagedType.LPUTF8Str)] string name, int flags);
    }
}
