namespace StreamKit.Files;

/// <summary>What a sink does when a file that it is to write exists.</summary>
public enum ExistingFile
{
    /// <summary>
    /// Writes behind what is there; with numbered names it leaves the files alone and takes the next free number.
    /// </summary>
    Append,

    /// <summary>Replaces what is there.</summary>
    Overwrite,

    /// <summary>Refuses to start, or to go on to that file.</summary>
    Fail,
}
