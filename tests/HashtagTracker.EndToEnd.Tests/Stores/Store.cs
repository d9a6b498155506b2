namespace HashtagTracker.EndToEnd.Tests.Stores;

/// <summary>A sink of the tracker, with what came out of it.</summary>
internal abstract class Store : IAsyncDisposable
{
    /// <summary>Every sink, by the name that the command line has for it.</summary>
    public static IReadOnlyList<string> Names { get; } = ["none", "file", "redis", "postgres"];

    /// <summary>What the tracker is told.</summary>
    public abstract IReadOnlyList<string> Options { get; }

    /// <summary>Makes an empty one.</summary>
    public static async Task<Store> StartAsync(string name, World world) => name switch
    {
        "none" => new NoStore(),
        "file" => new FileStore(),
        "redis" => new RedisStore(await world.EmptyRedisAsync()),
        _ => new PostgresStore(await world.EmptyPostgresAsync()),
    };

    /// <summary>All that it holds.</summary>
    public abstract Task<IEnumerable<(string Window, string Tag, long Count)>> ReadAsync();

    public abstract ValueTask DisposeAsync();
}
