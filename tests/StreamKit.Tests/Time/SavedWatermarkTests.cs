using StreamKit.Time;

namespace StreamKit.Tests.Time;

public class SavedWatermarkTests
{
    [Fact]
    public void ABoundGoesOnFromTheHighestTimestampThatWasSeen()
    {
        var before = new BoundedOutOfOrderness<int>(boundTicks: 5);
        before.Advance([0], [100]);
        var after = new BoundedOutOfOrderness<int>(boundTicks: 5);
        after.Restore(before.Save());

        Assert.Equal(95, after.Advance([0], [40]));
        Assert.Equal(105, after.Advance([0], [110]));
    }

    [Fact]
    public void AGeneratorOfOnesOwnTakesUpWhatItSavedAndItsWatermarkDoesNotFall()
    {
        var before = new GeneratedWatermark<int>(new EverySecond());
        Assert.Equal(long.MinValue, before.Advance([0], [10]));
        Assert.Equal(20, before.Advance([0], [20]));
        before.Advance([0], [30]);
        var after = new GeneratedWatermark<int>(new EverySecond());
        after.Restore(before.Save());

        Assert.Equal(25, after.Advance([0], [25])); // The fourth record, which only who remembers the third can count.
        Assert.Equal(25, after.Advance([0, 0], [1, 2]));
    }

    // Asserts time at every second record; how many there were is what it remembers.
    private sealed class EverySecond : IWatermarkGenerator<int>
    {
        private byte _records;

        public Timestamp Watermark { get; private set; } = Timestamp.MinValue;

        public void OnRecord(in int record, Timestamp timestamp)
        {
            if (++_records % 2 == 0)
            {
                Watermark = timestamp;
            }
        }

        public ReadOnlyMemory<byte> Save() => new[] { _records };

        public void Restore(ReadOnlyMemory<byte> state) => _records = state.Span[0];
    }
}
