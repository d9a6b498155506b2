using System.Globalization;
using StackExchange.Redis;
using StreamKit.Windowing;

namespace StreamKit.RedisLoad;

/// <summary>What is written: results of 10,000 keys, window after window, as windows say them.</summary>
internal static class Load
{
    public const int Batch = 1024;
    private const int Keys = 10_000;

    private static readonly string[] s_keys =
        [.. Enumerable.Range(0, Keys).Select(i => string.Create(CultureInfo.InvariantCulture, $"hashtag-{i}"))];

    public static string KeyOf(int i) => s_keys[i % Keys];

    public static Window WindowOf(int i) =>
        Window.From(DateTimeOffset.UnixEpoch.AddMinutes(i / Keys), TimeSpan.FromMinutes(1));

    public static NameValueEntry[] EntryOf(int i) => [new("key", KeyOf(i)), new("count", i)];
}
