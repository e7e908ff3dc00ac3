namespace Gala.Runs;

/// <summary>What values an option takes, and how they are read and written.</summary>
internal abstract record OptionType
{
    /// <summary>What is expected, as in "expected a whole number from 1 to 64".</summary>
    public abstract string Expected { get; }

    /// <summary>The names to choose from, where there is such a list.</summary>
    public virtual IReadOnlyList<string> Choices => [];

    /// <summary>Reads a value that may still be out of range; null if the text is none.</summary>
    public abstract object? Parse(string text);

    /// <summary>Whether a value, of the option's own type, is allowed.</summary>
    public abstract bool Allows(object value);

    /// <summary>The text that <see cref="Parse"/> reads back as the same value.</summary>
    public abstract string Format(object value);

    /// <summary>The text, or, where it is the relative path of a file that is in a folder, the path to that.</summary>
    public virtual string Locate(string text, string folder) => text;

    /// <summary>What is wrong with a text or a value that is not allowed.</summary>
    public virtual string Problem(string came) => $"expected {Expected}, not {OneLine.Quote(came)}";
}
