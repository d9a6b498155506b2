namespace StreamKit.Kafka;

/// <summary>What a source of values does with a message that has none.</summary>
public enum KafkaTombstones
{
    /// <summary>It goes to the job's error policy, since it is no record.</summary>
    Report,

    /// <summary>It is passed over in silence, as fits a compacted topic whose deletions say nothing here.</summary>
    Skip,
}
