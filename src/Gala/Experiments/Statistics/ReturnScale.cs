namespace Gala.Experiments;

/// <summary>What makes the returns of a task comparable with those of others: 0 is a policy that acts at random, 1 the reference.</summary>
/// <param name="Random">Mean return of a policy that acts at random.</param>
/// <param name="Reference">Mean return of the reference.</param>
internal sealed record ReturnScale(double Random, double Reference)
{
    /// <summary>Whether the reference is better than acting at random; otherwise nothing can be measured by it.</summary>
    public bool IsUsable => Reference > Random;

    /// <summary>(return − random) / (reference − random).</summary>
    public double Normalize(double meanReturn) => (meanReturn - Random) / (Reference - Random);
}
