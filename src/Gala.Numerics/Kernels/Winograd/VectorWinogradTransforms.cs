namespace Gala.Numerics;

/// <summary>The transforms for one type of vector and one choice of points.</summary>
internal sealed unsafe class VectorWinogradTransforms<TOps, TVector, TPoints> : WinogradTransforms
    where TOps : struct, IVectorOps<TVector>
    where TVector : struct
    where TPoints : struct, IWinogradPoints
{
    public override void TransformImage(float* image, WinogradTiles tiles, WinogradPlanes planes, int firstRow, Share share) =>
        WinogradInputs<TOps, TVector, TPoints>.Transform(image, tiles, planes, firstRow, tiles.Elements(share));

    public override void AddImageGradients(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* gradients) =>
        WinogradInputs<TOps, TVector, TPoints>.AddGradients(planes, firstRow, tiles, gradients);

    public override void WriteOutputs(WinogradPlanes planes, int firstRow, WinogradTiles tiles, float* bias, float floor, float* outputs) =>
        WinogradOutputs<TOps, TVector, TPoints>.Write(planes, firstRow, tiles, bias, floor, outputs);

    public override void TransformOutputGradients(float* gradients, WinogradTiles tiles, WinogradPlanes planes, int firstRow) =>
        WinogradOutputs<TOps, TVector, TPoints>.TransformGradients(gradients, tiles, planes, firstRow);

    public override void TransformWeights(float* weights, WinogradTiles tiles, WinogradPlanes planes) =>
        WinogradWeights<TOps, TVector, TPoints>.Transform(weights, tiles, planes);

    public override void MoveWeightGradients(WinogradPlanes planes, WinogradTiles tiles, float* weightGradients, Share share) =>
        WinogradWeights<TOps, TVector, TPoints>.MoveGradients(planes, tiles, weightGradients, tiles.Elements(share));
}
