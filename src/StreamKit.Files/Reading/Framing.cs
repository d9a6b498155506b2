namespace StreamKit.Files.Reading;

/// <summary>Finds the ends of records in bytes that come in portions; it never looks at a byte twice.</summary>
internal abstract class Framing
{
    /// <summary>How many lines, or objects, the record spans that was found last.</summary>
    public long LinesSpanned { get; protected set; } = 1;

    /// <summary>Whether the bytes cannot be divided any further, so that the rest of the file is lost.</summary>
    public virtual bool IsLost => false;

    /// <summary>
    /// What a file that ends here has left unfinished; null if the bytes may be a record without a line end.
    /// </summary>
    public abstract string? UnfinishedReason { get; }

    /// <summary>Prepares for the beginning of a record.</summary>
    /// <param name="atFileStart">Whether it is the first of its file.</param>
    public abstract void Reset(bool atFileStart);

    /// <summary>Goes on with the record.</summary>
    /// <param name="bytes">The bytes that follow those seen.</param>
    /// <returns>How many of them belong to the record, if it ends in them; otherwise -1, and all do.</returns>
    public abstract int Scan(ReadOnlySpan<byte> bytes);

    /// <summary>The length of the record without what only ends it.</summary>
    /// <param name="tail">The last two bytes of the record, or fewer if it is shorter.</param>
    /// <param name="length">Its length.</param>
    public abstract long TrimmedLength(ReadOnlySpan<byte> tail, long length);

    /// <summary>The length without a line feed, or carriage return and line feed, at the end.</summary>
    protected static long WithoutLineEnd(ReadOnlySpan<byte> tail, long length) => tail switch
    {
        [.., (byte)'\r', (byte)'\n'] => length - 2,
        [.., (byte)'\n'] => length - 1,
        [.., (byte)'\r'] => length - 1,
        _ => length,
    };
}
