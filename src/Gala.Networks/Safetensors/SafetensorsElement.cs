namespace Gala.Networks;

/// <summary>Element types of the safetensors format that this project stores.</summary>
public enum SafetensorsElement
{
    /// <summary><c>F32</c>: single-precision floats.</summary>
    Singles,

    /// <summary><c>I64</c>: signed 64-bit integers, two's complement.</summary>
    Integers,

    /// <summary><c>U8</c>: plain bytes.</summary>
    Bytes,
}
