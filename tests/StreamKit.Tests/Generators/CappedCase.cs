using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>A stream and the capped sessions to cut it into; the stream's own shape does not count.</summary>
public sealed record CappedCase(StreamCase Stream, OracleSessionCaps Caps)
{
    public override string ToString() => $"{Caps} over {Stream}";
}
