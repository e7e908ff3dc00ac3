namespace Gala.Figures;

/// <summary>A drawing of a report.</summary>
public interface IPicture
{
    /// <summary>What it shows.</summary>
    string Title { get; }

    /// <summary>It as SVG.</summary>
    string ToSvg();
}
