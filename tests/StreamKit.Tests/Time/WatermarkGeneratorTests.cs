using FsCheck.Xunit;
using StreamKit.Time;

namespace StreamKit.Tests.Time;

public class WatermarkGeneratorTests
{
    [Fact]
    public void NothingIsKnownBeforeTheFirstRecord()
    {
        var generator = new BoundedOutOfOrderness<int>(5);
        Assert.Equal(long.MinValue, generator.Advance([], []));
    }

    [Fact]
    public void ARecordExactlyTheBoundBehindTheHighestIsOnTime()
    {
        var generator = new BoundedOutOfOrderness<int>(5);
        Assert.Equal(5, generator.Advance([0], [10]));
        Assert.Equal(5, generator.Advance([0, 0], [7, 3]));
    }

    [Fact]
    public void TheBoundSaturatesAtTheBeginningOfTime()
    {
        var generator = new BoundedOutOfOrderness<int>(long.MaxValue);
        Assert.Equal(long.MinValue, generator.Advance([0], [-10]));
    }

    [Property(MaxTest = 1_000)]
    public void TheMaximumByVectorsIsTheMaximumByALoop(long[] timestamps, ushort at, byte bound)
    {
        int cut = timestamps.Length == 0 ? 0 : at % timestamps.Length;
        var generator = new BoundedOutOfOrderness<int>(bound);
        generator.Advance(new int[cut], timestamps.AsSpan(0, cut));
        long watermark = generator.Advance(new int[timestamps.Length - cut], timestamps.AsSpan(cut));

        long highest = long.MinValue;
        foreach (long timestamp in timestamps)
        {
            highest = Math.Max(highest, timestamp);
        }

        Assert.Equal(TickMath.Add(highest, highest == long.MinValue ? 0 : -bound), watermark);
    }

    [Fact]
    public void EveryLengthOfBatchFindsAMaximumAtEveryPlace()
    {
        for (int length = 1; length <= 70; length++)
        {
            for (int place = 0; place < length; place++)
            {
                long[] timestamps = new long[length];
                Array.Fill(timestamps, -100);
                timestamps[place] = -3;
                Assert.Equal(-4, new BoundedOutOfOrderness<int>(1).Advance(new int[length], timestamps));
            }
        }
    }

    [Fact]
    public void AMarkerMovesTheWatermarkAndNeverBack()
    {
        SplitWatermark<int> generator = Watermarks
            .Punctuated<int>(static x => x < 0 ? null : new Timestamp(x))
            .CreateGenerator();

        Assert.Equal(long.MinValue, generator.Advance([-1], [100]));
        Assert.Equal(7, generator.Advance([7, -1, 3], [1, 2, 3]));
        Assert.Equal(7, generator.Advance([-1], [500]));
        Assert.Equal(9, generator.Advance([9], [4]));
    }

    [Fact]
    public void AGeneratorThatFallsBackIsHeldAtWhatItHadReached()
    {
        SplitWatermark<int> generator = Watermarks.Custom(static () => new Echo()).CreateGenerator();

        Assert.Equal(20, generator.Advance([0, 0], [20, 5]));
        Assert.Equal(20, generator.Advance([0], [6]));
        Assert.Equal(21, generator.Advance([0], [21]));
    }

    [Fact]
    public void EverySplitHasAGeneratorOfItsOwn()
    {
        int made = 0;
        WatermarkStrategy<int> strategy = Watermarks.Custom(() =>
        {
            made++;
            return new Echo();
        });

        SplitWatermark<int> first = strategy.CreateGenerator();
        SplitWatermark<int> second = strategy.CreateGenerator();
        first.Advance([0], [50]);

        Assert.Equal(2, made);
        Assert.Equal(1, second.Advance([0], [1]));
    }

    private sealed class Echo : IWatermarkGenerator<int>
    {
        public Timestamp Watermark { get; private set; } = Timestamp.MinValue;

        public void OnRecord(in int record, Timestamp timestamp) => Watermark = timestamp;
    }
}
