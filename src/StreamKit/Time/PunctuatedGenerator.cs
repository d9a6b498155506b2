namespace StreamKit.Time;

/// <summary>Takes the watermark from marker records.</summary>
internal sealed class PunctuatedGenerator<T>(Func<T, Timestamp?> marker) : IWatermarkGenerator<T>
{
    public Timestamp Watermark { get; private set; } = Timestamp.MinValue;

    public void OnRecord(in T record, Timestamp timestamp)
    {
        if (marker(record) is { } watermark && watermark > Watermark)
        {
            Watermark = watermark;
        }
    }
}
