namespace StreamKit.Files;

/// <summary>What the files of one source are to each other.</summary>
public enum FileSplits
{
    /// <summary>Each file is a split of its own: read side by side, with watermarks of their own.</summary>
    PerFile,

    /// <summary>The files are one split: read one after the other, in the ordinal order of their paths.</summary>
    Concatenated,
}
