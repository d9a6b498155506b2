namespace StreamKit.Time;

/// <summary>Drives a user's own generator record by record.</summary>
internal sealed class GeneratedWatermark<T>(IWatermarkGenerator<T> generator) : SplitWatermark<T>
{
    private long _highest = long.MinValue;

    public override long Advance(ReadOnlySpan<T> values, ReadOnlySpan<long> timestamps)
    {
        for (int i = 0; i < values.Length; i++)
        {
            generator.OnRecord(in values[i], new Timestamp(timestamps[i]));
            _highest = Math.Max(_highest, generator.Watermark.Ticks);
        }

        return _highest;
    }
}
