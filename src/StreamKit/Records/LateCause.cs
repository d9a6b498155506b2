namespace StreamKit.Records;

/// <summary>Why a record is behind the watermark, where the records of a batch know.</summary>
internal enum LateCause : byte
{
    /// <summary>It came later than the bound allows.</summary>
    BehindWatermark,

    /// <summary>Its split was idle, or came at run time, and time went on without it.</summary>
    IdleInputRejoined,
}
