namespace StreamKit.Diagnostics;

/// <summary>What one subtask of an operator counts; written by that subtask only, read by anybody.</summary>
internal sealed class OperatorCounters(string name, int subtask)
{
    private long _watermark = long.MinValue;

    public string Name { get; } = name;

    public int Subtask { get; } = subtask;

    public long RecordsIn;
    public long RecordsOut;

    /// <summary>Records that no window, ordering or deduplication accepted any more.</summary>
    public long LateRecords;

    /// <summary>Records that some of their windows did not accept any more.</summary>
    public long PartlyLateRecords;

    /// <summary>Records that belong to no window, because windows leave gaps.</summary>
    public long UnassignedRecords;

    /// <summary>Records with a timestamp beyond the future guard.</summary>
    public long FutureRecords;

    /// <summary>Records that went to the error policy.</summary>
    public long Errors;

    /// <summary>Records that a source could not keep waiting and was told to drop.</summary>
    public long DroppedRecords;

    /// <summary>Records that were left out because one with the same id was passed already.</summary>
    public long DuplicateRecords;

    public long OpenWindows;
    public long Keys;

    public long Watermark
    {
        get => Volatile.Read(ref _watermark);
        set => Volatile.Write(ref _watermark, value);
    }
}
