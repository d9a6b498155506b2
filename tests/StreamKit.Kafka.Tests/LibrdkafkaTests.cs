using Confluent.Kafka;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Tests;

public sealed class LibrdkafkaTests
{
    [Fact]
    public void TheClientRunsOnTheLibraryOfItsPackage()
    {
        Librdkafka.Require();
        Assert.True(Librdkafka.IsTheClients);
        Assert.Equal("2.16.0", Library.VersionString);
    }

    [Fact]
    public void ALibraryOlderThanItWasTestedWithIsRefusedWithAWayOut()
    {
        Librdkafka.RequireVersion(0x021000ff, "2.16.0");
        Librdkafka.RequireVersion(0x03000000, "3.0.0-RC1");
        string message = Assert.Throws<KafkaStreamException>(
            () => Librdkafka.RequireVersion(0x020002ff, "2.0.2")).Message;
        Assert.Contains("2.0.2", message, StringComparison.Ordinal);
        Assert.Contains("librdkafka.redist", message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryFolderIsTriedForTheFirstBuildBeforeTheSecondIs() =>
        Assert.Equal(
            ["/a/librdkafka.so", "/b/librdkafka.so", "/home/librdkafka.so"],
            Librdkafka.Candidates("/a:/b:", "/home").Take(3));
}
