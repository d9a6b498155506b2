namespace StreamKit.Records;

/// <summary>A watermark that one subtask writes and anybody reads.</summary>
internal sealed class WatermarkCell
{
    private long _value = long.MinValue;

    /// <summary>The ticks; <see cref="long.MinValue"/> where none is known.</summary>
    public long Value
    {
        get => Volatile.Read(ref _value);
        set => Volatile.Write(ref _value, value);
    }
}
