namespace StreamKit.Redis.Tests;

public enum ServerKind
{
    Redis,

    /// <summary>In this process; it has no streams.</summary>
    Garnet,
}
