using StreamKit.Kafka.Reading;

namespace StreamKit.Kafka.Tests.Reading;

/// <summary>What is refused before anything is connected, and how names and positions are written.</summary>
public sealed class OptionsTests
{
    private static readonly KafkaConnection s_nowhere = new("localhost:1");

    public static TheoryData<KafkaSourceOptions> Refused { get; } =
    [
        new KafkaSourceOptions { BufferedRecords = 0 },
        new KafkaSourceOptions { BufferedBytes = 0 },
        new KafkaSourceOptions { FetchAheadKiB = 0 },
        new KafkaSourceOptions { OpenTimeout = TimeSpan.Zero },
        new KafkaSourceOptions { LookForTopicsEvery = TimeSpan.FromSeconds(-2) },
        new KafkaSourceOptions { Path = (KafkaReadPath)7 },
        new KafkaSourceOptions { GroupId = " " },
        new KafkaSourceOptions { Start = KafkaStart.Committed(KafkaStart.Latest) },
        new KafkaSourceOptions { Group = new KafkaGroup("g"), StopAtEnd = true },
        new KafkaSourceOptions { Group = new KafkaGroup("g"), GroupId = "g" },
        new KafkaSourceOptions { Group = new KafkaGroup("g"), Path = KafkaReadPath.Batches },
        new KafkaSourceOptions { Group = new KafkaGroup("g") { CommitEvery = TimeSpan.Zero } },
        new KafkaSourceOptions { Group = new KafkaGroup("g") { HandOverTimeout = TimeSpan.FromMinutes(5) } },
        new KafkaSourceOptions { Group = new KafkaGroup("g") { InstanceId = "" } },
    ];

    [Theory, MemberData(nameof(Refused))]
    public void OptionsThatMakeNoSenseAreRefusedAtTheDoor(KafkaSourceOptions options) =>
        Assert.ThrowsAny<ArgumentException>(
            () => KafkaSource.Values(s_nowhere, "topic", KafkaFormat.Utf8, options));

    [Fact]
    public void TopicsAreNamedOnceOrMatched()
    {
        Assert.Throws<ArgumentException>(() => KafkaTopics.Named());
        Assert.Throws<ArgumentException>(() => KafkaTopics.Named("a", "a"));
        Assert.Throws<ArgumentException>(() => KafkaTopics.Matching("orders.*"));
        Assert.True(KafkaTopics.Matching("^orders-[a-z]+$").Includes("orders-eu"));
        Assert.False(KafkaTopics.Matching("^.*").Includes("__consumer_offsets"));
    }

    [Fact]
    public void AStartSaysWhereToBeginElseAndThatIsNotItself() => Assert.Throws<ArgumentException>(
        () => KafkaStart.Committed(KafkaStart.Committed(KafkaStart.Earliest)));

    [Theory]
    [InlineData(0L, 0L)]
    [InlineData(1L, 1L)]
    [InlineData(10_000L, 1L)]
    [InlineData(-1L, 0L)]
    [InlineData(-10_001L, -1L)]
    public void ATimeIsTheNextWholeMillisecond(long ticks, long milliseconds) =>
        Assert.Equal(milliseconds, KafkaStart.At(new Time.Timestamp(ticks)).Milliseconds);

    [Fact]
    public void AWatermarkIsReadAsItWasWritten()
    {
        var watermark = new Time.Timestamp(-12_345);
        Assert.Equal(watermark, GroupOffsets.Parse(GroupOffsets.Write(watermark)));
        Assert.Equal(Time.Timestamp.MinValue, GroupOffsets.Parse("somebody else's"));
        Assert.Equal(Time.Timestamp.MinValue, GroupOffsets.Parse(null));
    }

    [Fact]
    public void ASplitHasTheNameOfItsPartition()
    {
        Assert.Equal("a.b-c/12", SplitName.Of("a.b-c", 12));
        Assert.Equal(new Confluent.Kafka.TopicPartition("a.b-c", 12), SplitName.Parse("a.b-c/12"));
        Assert.Throws<KafkaStreamException>(() => SplitName.Offset("-1"));
    }
}
