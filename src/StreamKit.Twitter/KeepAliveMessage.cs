namespace StreamKit.Twitter;

/// <summary>Nothing but a sign of life: a blank line, or the heartbeat object of Powerstream.</summary>
public sealed class KeepAliveMessage : StreamMessage
{
    private KeepAliveMessage()
    {
    }

    /// <summary>The one keep-alive.</summary>
    public static KeepAliveMessage Instance { get; } = new();
}
