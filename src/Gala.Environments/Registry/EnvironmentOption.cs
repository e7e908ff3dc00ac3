namespace Gala.Environments;

/// <summary>An option of a registered environment, as people read it.</summary>
/// <param name="Name">Left of the equals sign.</param>
/// <param name="Values">What may stand on the right, such as <c>0 to 1</c> or <c>full|minimal</c>.</param>
/// <param name="Default">The value where the option is not given.</param>
/// <param name="Summary">What it changes, in one line.</param>
public sealed record EnvironmentOption(string Name, string Values, string Default, string Summary);
