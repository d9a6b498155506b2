using StreamKit;
using StreamKit.Kafka;

namespace HashtagTracker.Sources;

/// <summary>Posts of a topic of Kafka, from its first on; see <see cref="PostJson"/> for their form.</summary>
internal static class KafkaPosts
{
    public static DataStream<TaggedPost> From(StreamBuilder builder, string brokers, string topic) => builder.From(
        KafkaSource.Values(new KafkaConnection(brokers), topic, KafkaFormat.Json(PostJson.Default.TaggedPost)),
        PostSource.Name);
}
