namespace StreamKit.Kafka;

/// <summary>Kafka could not be reached, or refused something; the message says what, and what to do.</summary>
/// <remarks>No message holds a password, a key or a token of the connection.</remarks>
public sealed class KafkaStreamException : Exception
{
    /// <summary>Describes the failure.</summary>
    /// <param name="message">What happened, and what to do.</param>
    /// <param name="inner">The failure below; null where there is none.</param>
    public KafkaStreamException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
