namespace StreamKit.Twitter.Simulator.Serving;

/// <summary>What is written to a client, and what follows.</summary>
internal readonly record struct StreamFrame(byte[] Bytes, StreamEnding Ending);
