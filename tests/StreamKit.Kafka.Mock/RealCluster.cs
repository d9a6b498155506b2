using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace StreamKit.Kafka.Mock;

/// <summary>A real cluster for what no mock can show, where somebody names one.</summary>
public static class RealCluster
{
    /// <summary>The variable that names it: "host:port", without encryption or users.</summary>
    public const string Variable = "STREAMKIT_KAFKA";

    /// <summary>Why a test that needs it is skipped.</summary>
    public const string Missing =
        $"No broker of Kafka is named by {Variable}=host:port. None can be installed with this project's packages, so "
        + "what only a real one can show is not shown here.";

    /// <summary>How to reach it; null where nobody has named one.</summary>
    public static KafkaConnection? Connection =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } servers ? new KafkaConnection(servers) : null;

    /// <summary>Makes a topic with a name of its own.</summary>
    public static async Task<string> CreateTopicAsync(KafkaConnection connection, int partitions)
    {
        string topic = $"streamkit-test-{Guid.NewGuid():N}";
        using IAdminClient admin = new AdminClientBuilder(connection.Configure(new AdminClientConfig())).Build();
        await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = partitions }]);
        return topic;
    }
}
