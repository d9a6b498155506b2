namespace StreamKit.Diagnostics;

/// <summary>What one subtask of an operator counts; written by that subtask only, read by anybody.</summary>
internal sealed class OperatorCounters(string name, int subtask)
{
    private long _watermark = long.MinValue;
    private long _nextStart = long.MinValue;
    private long _nextEnd = long.MaxValue;
    private SplitStatus[] _splits = [];

    public string Name { get; } = name;

    public int Subtask { get; } = subtask;

    /// <summary>Whether the operator makes the watermark that it shows, so that it shows every one of them.</summary>
    public bool MakesWatermark { get; set; }

    public long RecordsIn;
    public long RecordsOut;

    /// <summary>Records that no window, ordering or deduplication accepted any more.</summary>
    public long LateRecords;

    /// <summary>Records that some of their windows did not accept any more.</summary>
    public long PartlyLateRecords;

    /// <summary>Those of the late records whose input was idle, or came at run time.</summary>
    public long LateRejoinedRecords;

    /// <summary>Those of the partly late records whose input was idle, or came at run time.</summary>
    public long PartlyLateRejoinedRecords;

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

    /// <summary>Bytes of memory that tables of keys take, as of the last watermark or early round.</summary>
    public long StateBytes;

    /// <summary>Bytes of state that were spilled, as of the last watermark or early round.</summary>
    public long SpilledBytes;

    public long Watermark
    {
        get => Volatile.Read(ref _watermark);
        set => Volatile.Write(ref _watermark, value);
    }

    /// <summary>The start of the window that closes next.</summary>
    public long NextStart => Volatile.Read(ref _nextStart);

    /// <summary>
    /// The end of the window that closes next among those that have records; <see cref="long.MaxValue"/>: there is
    /// none.
    /// </summary>
    public long NextEnd => Volatile.Read(ref _nextEnd);

    /// <summary>The splits that an event-time step looks at now; never changed, only replaced.</summary>
    public IReadOnlyList<SplitStatus> Splits => Volatile.Read(ref _splits);

    /// <summary>Says of a late record, which is counted as such already, that its input had come back.</summary>
    public void CountRejoined(bool partly)
    {
        if (partly)
        {
            PartlyLateRejoinedRecords++;
        }
        else
        {
            LateRejoinedRecords++;
        }
    }

    /// <summary>Says which window closes next.</summary>
    public void SetNext(long start, long end)
    {
        Volatile.Write(ref _nextStart, start);
        Volatile.Write(ref _nextEnd, end);
    }

    public void AddSplit(SplitStatus split) => Volatile.Write(ref _splits, [.. _splits, split]);

    public void RemoveSplit(SplitStatus split) =>
        Volatile.Write(ref _splits, [.. _splits.Where(other => other != split)]);
}
