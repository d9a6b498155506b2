namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>What an attempt to connect is met with.</summary>
internal enum ConnectAnswer
{
    Refuse,
    Reset,
    None,
    AcceptAndEnd,
}
