using BenchmarkDotNet.Attributes;
using Gala.Numerics;

namespace Gala.Benchmarks;

/// <summary>What minimal filtering adds to its products: the transforms of one image of each convolution of <c>nature</c>.</summary>
[MemoryDiagnoser]
public unsafe class WinogradTransformBenchmarks
{
    private WinogradTiles _tiles = null!;
    private WinogradTransforms _transforms = null!;
    private WinogradPlanes _cells = null!;
    private WinogradPlanes _products = null!;
    private AlignedBuffer<float> _image = null!;
    private AlignedBuffer<float> _outputs = null!;
    private AlignedBuffer<float> _bias = null!;
    private float[] _copy = null!;

    [Params(1, 2, 3)]
    public int Layer { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        (TensorShape input, int kernel, int stride, int filters) = Layer switch
        {
            1 => (new TensorShape(84, 84, 4), 8, 4, 32),
            2 => (new TensorShape(20, 20, 32), 4, 2, 64),
            _ => (new TensorShape(9, 9, 64), 3, 1, 32),
        };
        _tiles = new WinogradTiles(input, kernel, stride, filters);
        _transforms = WinogradTransforms.Of(_tiles);
        _cells = new WinogradPlanes(_tiles.Planes, _tiles.Count, _tiles.CellLength);
        _products = new WinogradPlanes(_tiles.Planes, _tiles.Count, filters);
        int side = ((input.Height - kernel) / stride) + 1;
        (_image, _outputs) = (new AlignedBuffer<float>(input.Length), new AlignedBuffer<float>(side * side * filters));
        _bias = new AlignedBuffer<float>(filters);
        _copy = new float[input.Length];
        Drawn.FillCentred(_image.Span, new Random(7));
        Drawn.FillCentred(_outputs.Span, new Random(8));
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        foreach (IDisposable owned in (IDisposable[])[_cells, _products, _image, _outputs, _bias])
        {
            owned.Dispose();
        }
    }

    [Benchmark(Baseline = true)]
    public void CopyImage() => _image.Span.CopyTo(_copy);

    [Benchmark]
    public void TransformImage() => _transforms.TransformImage(_image.Data, _tiles, _cells, firstRow: 0, Share.Whole);

    [Benchmark]
    public void WriteOutputs() => _transforms.WriteOutputs(_products, firstRow: 0, _tiles, _bias.Data, floor: 0, _outputs.Data);

    [Benchmark]
    public void TransformOutputGradients() => _transforms.TransformOutputGradients(_outputs.Data, _tiles, _products, firstRow: 0);

    [Benchmark]
    public void AddImageGradients() => _transforms.AddImageGradients(_cells, firstRow: 0, _tiles, _image.Data);
}
