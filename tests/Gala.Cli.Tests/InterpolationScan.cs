using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Gala.Cli.Tests;

/// <summary>Finds, in the code of an assembly, text that depends on the culture of the machine it runs on: interpolated strings without a format provider
/// that hold a number with a decimal point, a date, or a number with a format; and such numbers' own <c>ToString</c> without one.</summary>
/// <remarks>The analyzers of the SDK see <c>ToString</c> and <c>string.Format</c>, but no interpolated string.</remarks>
internal static class InterpolationScan
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private static readonly HashSet<string> Fractions = ["Single", "Double", "Half", "Decimal", "DateTime", "DateTimeOffset"];
    private static readonly HashSet<string> Formatted = [.. Fractions, "Byte", "SByte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "TimeSpan"];

    /// <summary>A line for each place: the method, and what it writes.</summary>
    public static IEnumerable<string> Find(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader file = new(stream);
        MetadataReader metadata = file.GetMetadataReader();
        List<string> found = [];
        foreach (MethodDefinition method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            if (metadata.GetString(method.Name) == "PrintMembers") // what the compiler writes for records
            {
                continue;
            }

            TypeDefinition type = metadata.GetTypeDefinition(method.GetDeclaringType());
            BlobReader code = file.GetMethodBody(method.RelativeVirtualAddress).GetILReader();
            found.AddRange(Find(code, metadata).Select(what => $"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}: {what}"));
        }

        return found;
    }

    private static List<string> Find(BlobReader code, MetadataReader metadata)
    {
        List<string> found = [];
        Stack<bool> handlers = new(); // whether each interpolated string that is being put together has a provider
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            OpCode operation = OpCodesByValue[value == 0xFE ? 0xFE00 | code.ReadByte() : value];
            if (operation.OperandType == OperandType.InlineMethod)
            {
                Call(Called.Of(MetadataTokens.EntityHandle(code.ReadInt32()), metadata), handlers, found);
            }
            else
            {
                Skip(ref code, operation.OperandType);
            }
        }

        return found;
    }

    private static void Call(Called called, Stack<bool> handlers, List<string> found)
    {
        bool isHandler = called.Type.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal);
        if (isHandler && called.Name == ".ctor")
        {
            handlers.Push(called.Parameters.Contains("IFormatProvider"));
        }
        else if (isHandler && called.Name == "AppendFormatted" && handlers.Count > 0 && !handlers.Peek())
        {
            bool hasFormat = called.Parameters.Length > 1 && called.Parameters[^1] == "String";
            if (called.TypeArgument is { } type && (hasFormat ? Formatted : Fractions).Contains(type))
            {
                found.Add($"interpolates {type}");
            }
        }
        else if (handlers.Count > 0 && (called.Name == "ToStringAndClear" || called.Parameters.Any(parameter => parameter.EndsWith("InterpolatedStringHandler", StringComparison.Ordinal))))
        {
            handlers.Pop();
        }
        else if (called.Name == "ToString" && Formatted.Contains(called.Type) && !called.Parameters.Contains("IFormatProvider")
            && (called.Parameters.Length > 0 || Fractions.Contains(called.Type)))
        {
            found.Add($"{called.Type}.ToString");
        }
    }

    private static void Skip(ref BlobReader code, OperandType operand)
    {
        int length = operand switch
        {
            OperandType.InlineNone => 0,
            OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
            OperandType.InlineVar => 2,
            OperandType.InlineI8 or OperandType.InlineR => 8,
            OperandType.InlineSwitch => 4 * code.ReadInt32(),
            _ => 4,
        };
        code.Offset += length;
    }

    /// <summary>A method that is called: its type, name and parameters, and what its type parameter stands for.</summary>
    private sealed record Called(string Type, string Name, ImmutableArray<string> Parameters, string? TypeArgument)
    {
        private static readonly Called Own = new("", "", [], null);

        public static Called Of(EntityHandle handle, MetadataReader metadata)
        {
            if (handle.Kind == HandleKind.MethodSpecification)
            {
                MethodSpecification specification = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                return Of(specification.Method, metadata) with { TypeArgument = specification.DecodeSignature(TypeNames.All, null)[0] };
            }

            if (handle.Kind != HandleKind.MemberReference)
            {
                return Own; // of the same assembly
            }

            MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
            string type = member.Parent.Kind == HandleKind.TypeReference
                ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)member.Parent).Name)
                : "";
            return new Called(type, metadata.GetString(member.Name), member.DecodeMethodSignature(TypeNames.All, null).ParameterTypes, null);
        }
    }

    /// <summary>Types by their simple names; Nullable stands for what is in it, references and arrays for their elements.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public static readonly TypeNames All = new();

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode.ToString();

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) =>
            genericType == "Nullable`1" ? typeArguments[0] : genericType;

        public string GetSZArrayType(string elementType) => elementType + "[]";

        public string GetArrayType(string elementType, ArrayShape shape) => elementType + "[]";

        public string GetByReferenceType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType + "*";

        public string GetPinnedType(string elementType) => elementType;

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => "";

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";
    }
}
