namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>How a stream goes on behind what was written.</summary>
internal enum StreamEnding
{
    None,
    End,
    Reset,
    Stall,
}
