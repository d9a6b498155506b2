namespace StreamKit.Files.Reading;

/// <summary>What a <see cref="FrameReader"/> has found.</summary>
internal enum FrameStatus
{
    /// <summary>The bytes of one record.</summary>
    Record,

    /// <summary>Bytes that are none, for the reason in <see cref="FrameReader.Problem"/>.</summary>
    Bad,

    /// <summary>Nothing before <see cref="FrameReader.FillAsync"/> has brought more bytes.</summary>
    NeedMore,

    /// <summary>The file has ended.</summary>
    End,
}
