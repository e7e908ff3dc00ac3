namespace Gala.Numerics;

/// <summary>The transforms for one type of vector.</summary>
internal sealed unsafe class VectorWinogradTransforms<TOps, TVector> : WinogradTransforms
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
{
    public override void TransformImage(float* image, WinogradTiles tiles, WinogradPlanes planes, int firstRow, Share share) =>
        WinogradInputs<TOps, TVector>.Transform(image, tiles, planes, firstRow, tiles.Elements(share));

    public override void AddImageGradients(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* gradients) =>
        WinogradInputs<TOps, TVector>.AddGradients(planes, firstRow, tiles, gradients);

    public override void WriteOutputs(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* outputs) =>
        WinogradOutputs<TOps, TVector>.Write(planes, firstRow, tiles, bias, floor, outputs);

    public override void TransformOutputGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow) =>
        WinogradOutputs<TOps, TVector>.TransformGradients(gradients, tiles, planes, firstRow);

    public override void TransformWeights(float* weights, WinogradTiles tiles, WinogradPlanes planes) =>
        WinogradWeights<TOps, TVector>.Transform(weights, tiles, planes);

    public override void MoveWeightGradients(WinogradPlanes planes, WinogradTiles tiles, float* weightGradients, Share share) =>
        WinogradWeights<TOps, TVector>.MoveGradients(planes, tiles, weightGradients, tiles.Elements(share));
}
