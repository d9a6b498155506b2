namespace StreamKit.Connectors;

/// <summary>What a sink makes of the records that it is given.</summary>
public enum SinkMode
{
    /// <summary>Every record stands for itself: one more line, one more message.</summary>
    Append,

    /// <summary>A record replaces the earlier record of its key.</summary>
    Upsert,

    /// <summary>The sink also understands retractions: records that take an earlier one back.</summary>
    Retract,
}
