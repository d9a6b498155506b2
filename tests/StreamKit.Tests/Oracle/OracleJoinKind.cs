namespace StreamKit.Tests.Oracle;

/// <summary>What a join says.</summary>
public enum OracleJoinKind
{
    Inner,
    Left,
    Right,
    Full,
    CoGroup,
}
