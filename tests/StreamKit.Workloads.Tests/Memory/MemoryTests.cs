using System.Globalization;
using StreamKit.Workloads.Memory;
using StreamKit.Workloads.Tests.Measuring;

namespace StreamKit.Workloads.Tests.Memory;

[Collection(nameof(AloneInTheProcess))]
public class MemoryTests
{
    private const int Keys = 50_000;

    private static readonly RunOptions s_options = new(lanes: 1, batch: 1024);

    [Fact]
    public async Task AKeyWithACountTakesAtLeastItsKeyAndItsCount()
    {
        (double bytesPerKey, HeapSample full) = await new KeyMemory(s_options).MeasureAsync(
            Keys, eventsPerKey: 1, static windows => windows.Count());
        Assert.True(bytesPerKey >= sizeof(int) + sizeof(long), $"{bytesPerKey} bytes per key");
        Assert.True(full.HeapBytes >= Keys * bytesPerKey / 2);
        Assert.True(full.Pauses >= TimeSpan.Zero);
    }

    [Fact]
    public async Task AListOfAThousandBytesIsSeenPerKey()
    {
        (double bytesPerKey, _) = await new KeyMemory(s_options).MeasureAsync(
            2000, eventsPerKey: 100, static windows => windows.ToList());
        Assert.True(bytesPerKey >= 1000, $"{bytesPerKey} bytes per key");
    }

    [Fact]
    public async Task AnHourIsSampledEveryFiveMinutes()
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        IReadOnlyList<HeapSample> samples = await new HourOfStream(output, eventsPerSecond: 10, s_options).RunAsync();
        Assert.Equal(12, samples.Count);
        Assert.Contains("from minute 30 to 60", output.ToString(), StringComparison.Ordinal);
    }
}
