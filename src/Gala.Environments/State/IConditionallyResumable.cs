namespace Gala.Environments;

/// <summary>An environment that can be saved only if what it was given (a random source, an inner environment) can.</summary>
internal interface IConditionallyResumable : IResumable
{
    bool CanResume { get; }
}
