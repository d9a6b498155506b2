using System.Globalization;
using StreamKit.Windowing;

namespace StreamKit.Workloads.Memory;

/// <summary>The memory mode: bytes per key and window, ten million keys, and an hour of event time.</summary>
internal sealed class MemoryReport(TextWriter output, MemorySizes sizes, RunOptions options)
{
    private const int BytesPerKeyTarget = 64;

    // A sketch is what it is for once it has seen more than a few values.
    private const int SketchEvents = 100;
    private const double RelativeError = .05;

    private readonly KeyMemory _memory = new(options);

    public async Task RunAsync()
    {
        output.WriteLine("One open window: bytes per key, with the tables that find it; pauses of the collector");
        WriteLine("aggregate", "keys", "events/key", "B/key", "heap MB", "pauses ms", "collections");
        int keys = sizes.Keys;
        int few = sizes.SketchKeys;
        await MeasureAsync("count", keys, 1, static w => w.Count());
        await MeasureAsync("sum + count", keys, 1, static w => w.Aggregate(a => (a.Sum(e => e.Value), a.Count())));
        await MeasureAsync("average", keys, 1, static w => w.Average(e => (double)e.Value));
        await MeasureAsync("minimum", keys, 1, static w => w.Min(e => e.Value));
        await MeasureAsync(
            "min + max", keys, 1, static w => w.Aggregate(a => (a.Min(e => e.Value), a.Max(e => e.Value))));
        await MeasureAsync("HLL 5 %, first", keys, 1, static w => w.ApproxCountDistinct(e => e.Value, RelativeError));
        await MeasureAsync("quantile, first", keys, 1, static w => w.Quantile(e => e.Value, .99));
        await MeasureAsync(
            "HLL 5 %", few, SketchEvents, static w => w.ApproxCountDistinct(e => e.Value, RelativeError));
        await MeasureAsync("quantile", few, SketchEvents, static w => w.Quantile(e => e.Value, .99));
        double perKey = await MeasureAsync("count", sizes.ManyKeys, 1, static w => w.Count());
        string verdict = perKey <= BytesPerKeyTarget ? "within" : "above";
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sizes.ManyKeys:N0} int keys, count: {perKey:0.0} B/key, {verdict} the {BytesPerKeyTarget} wanted"));
        output.WriteLine();
        await new HourOfStream(output, sizes.HourEventsPerSecond, options).RunAsync();
    }

    private async Task<double> MeasureAsync<TResult>(
        string name,
        int keys,
        int eventsPerKey,
        Func<WindowedStream<int, KeyedEvent>, DataStream<WindowResult<int, TResult>>> aggregate)
    {
        (double bytesPerKey, HeapSample full) = await _memory.MeasureAsync(keys, eventsPerKey, aggregate);
        WriteLine(
            name,
            keys.ToString("N0", CultureInfo.InvariantCulture),
            eventsPerKey.ToString(CultureInfo.InvariantCulture),
            bytesPerKey.ToString("0.0", CultureInfo.InvariantCulture),
            (full.HeapBytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture),
            full.Pauses.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture),
            full.Collections.ToString(CultureInfo.InvariantCulture));
        return bytesPerKey;
    }

    private void WriteLine(params ReadOnlySpan<string> cells)
    {
        string subject = $"{cells[0],-15}  {cells[1],10}  {cells[2],10}";
        output.WriteLine($"{subject}  {cells[3],9}  {cells[4],9}  {cells[5],9}  {cells[6],11}");
        output.Flush();
    }
}
