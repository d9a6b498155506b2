using System.Text;
using Confluent.Kafka;
using StreamKit.Kafka.Mock;

namespace StreamKit.Kafka.Tests;

public sealed class MockClusterTests
{
    [Fact]
    public void WhatIsWrittenToATopicIsReadFromIt()
    {
        using var cluster = new MockCluster(3);
        cluster.CreateTopic("words", 3);
        Topics.Write(cluster.Connection, Enumerable.Range(0, 300).Select(i => (
            new TopicPartition("words", i % 3),
            new Message<byte[]?, byte[]?> { Value = Encoding.UTF8.GetBytes($"{i}") })));
        IEnumerable<string> read = Topics.ReadAll(cluster.Connection, "words")
            .Select(result => Encoding.UTF8.GetString(result.Message.Value!));
        Assert.Equal(
            Enumerable.Range(0, 300).OrderBy(i => i % 3).ThenBy(i => i).Select(i => $"{i}"), read);
    }
}
