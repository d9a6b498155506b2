namespace StreamKit.Kafka;

/// <summary>What a source does when the message that it would read next is not there any more.</summary>
public enum KafkaGap
{
    /// <summary>The job fails and says which offsets are missing: nothing is lost unseen.</summary>
    Fail,

    /// <summary>A warning is logged, and reading goes on with the first message that is there.</summary>
    GoOn,
}
