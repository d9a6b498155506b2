using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Generators;

/// <summary>A stream whose records are dealt to the two sides of a join.</summary>
public sealed record JoinCase(StreamCase Stream, OracleJoinKind Kind, int Deal)
{
    /// <summary>Whether a record is one of the left side.</summary>
    public bool IsLeft(OracleElement<int, int> element) => Deal switch
    {
        0 => true,
        1 => false,
        _ => unchecked((uint)(element.Value + Deal) * 0x9E3779B1u) >> 31 == 0,
    };

    public override string ToString() => $"{Kind} of {Stream}, left: "
        + string.Join(' ', Stream.Elements.Where(IsLeft).Select(element => element.Value));
}
