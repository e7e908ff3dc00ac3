namespace Gala.Networks;

/// <summary>Names, shapes and places of the tensors in a flat parameter vector.</summary>
public sealed class ParameterLayout
{
    /// <summary>Lays the tensors one after the other, without gaps.</summary>
    public ParameterLayout(IEnumerable<(string Name, int[] Shape)> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        List<ParameterTensor> placed = [];
        int offset = 0;
        foreach ((string name, int[] shape) in tensors)
        {
            placed.Add(new ParameterTensor(name, shape, offset));
            offset += placed[^1].Length;
        }

        Tensors = placed;
        Length = offset;
    }

    /// <summary>The tensors in the order of their offsets.</summary>
    public IReadOnlyList<ParameterTensor> Tensors { get; }

    /// <summary>Number of parameters in all.</summary>
    public int Length { get; }

    /// <summary>The tensor of that name, or null.</summary>
    public ParameterTensor? Find(string name) => Tensors.FirstOrDefault(tensor => tensor.Name == name);
}
