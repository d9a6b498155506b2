namespace StreamKit.Social.Live;

/// <summary>A connection failed or ended in a way that another attempt may mend.</summary>
internal sealed class ConnectFailure(string reason, TimeSpan? retryAfter = null) : Exception(reason)
{
    /// <summary>How long the server asks to wait; null: it does not say.</summary>
    internal TimeSpan? RetryAfter { get; } = retryAfter;
}
