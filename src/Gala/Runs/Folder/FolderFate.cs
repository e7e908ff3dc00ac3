namespace Gala.Runs;

/// <summary>What became of a run's folder while the run was training.</summary>
internal enum FolderFate
{
    /// <summary>It is where it was.</summary>
    Kept,

    /// <summary>It was renamed or moved, and was found again.</summary>
    Moved,

    /// <summary>It was deleted, or moved to where it cannot be followed.</summary>
    Gone,
}
