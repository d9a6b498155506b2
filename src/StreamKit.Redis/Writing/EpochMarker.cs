using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>Where a sink notes how far it has written.</summary>
/// <param name="Epoch">The last epoch that is there as a whole.</param>
/// <param name="Written">How many records of the next one are there.</param>
/// <param name="Print">What those records were, as a hash.</param>
internal readonly record struct EpochMarker(long Epoch, long Written, string Print)
{
    /// <summary>The field that holds the epoch.</summary>
    public const string EpochField = "epoch";

    /// <summary>The name of the hash, in the same slot of a cluster as the key that is written to.</summary>
    public static RedisKey Of(RedisKey key, string sink)
    {
        string name = key.ToString();
        int open = name.IndexOf('{', StringComparison.Ordinal);
        bool hasTag = open >= 0 && name.IndexOf('}', open) > open + 1;
        return hasTag ? $"{name}:streamkit:{sink}" : $"{{{name}}}:streamkit:{sink}";
    }

    public static EpochMarker From(RedisResult reply)
    {
        RedisResult[] parts = (RedisResult[]?)reply is { Length: 3 } three
            ? three
            : throw new RedisException("The script of the sink did not answer with a marker.");
        return new((long)parts[0], (long)parts[1], (string?)parts[2] ?? "");
    }
}
