namespace StreamKit.Tests.Oracle;

/// <summary>The families of windows that the oracle knows.</summary>
public enum OracleShapeKind
{
    Tumbling,
    Hopping,
    Session,
    Global,
    Cumulative,
    Given,
}
