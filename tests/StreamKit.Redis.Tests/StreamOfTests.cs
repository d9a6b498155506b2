using StackExchange.Redis;
using StreamKit.Connectors;

namespace StreamKit.Redis.Tests;

/// <summary>A stream whose entries hold a word each.</summary>
internal static class StreamOfTests
{
    public static IReadOnlyList<string> Words { get; } = ["one", "it's two", "drei\n"];

    public static ISink<string> SinkOf(TestServer server, RedisStreamSinkOptions? options = null) =>
        RedisSink.Stream<string>(server.Connection, server.Key("words"), FieldsOf, options);

    public static NameValueEntry[] FieldsOf(string word) => [new("word", word), new("length", word.Length)];

    public static async Task<IReadOnlyList<string>> ReadAsync(TestServer server)
    {
        StreamEntry[] entries = await server.Database.StreamRangeAsync(server.Key("words"));
        return [.. entries.Select(entry => (string)entry["word"]!)];
    }
}
