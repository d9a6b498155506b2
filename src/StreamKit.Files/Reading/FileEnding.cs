namespace StreamKit.Files.Reading;

/// <summary>How a file came to its end.</summary>
internal enum FileEnding
{
    /// <summary>There is nothing more in it.</summary>
    Complete,

    /// <summary>It was followed, and another file has taken its place.</summary>
    Replaced,

    /// <summary>It was followed, and is shorter than what has been read of it.</summary>
    Truncated,
}
