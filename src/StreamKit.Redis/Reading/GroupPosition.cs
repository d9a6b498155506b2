namespace StreamKit.Redis.Reading;

/// <summary>How far a consumer of a group has come in a stream.</summary>
/// <param name="Last">
/// The ID of the last entry that the server gave it of itself. Such IDs only grow, so everything up to it was read.
/// </param>
/// <param name="Claimed">
/// The IDs of entries that were taken over from other consumers, and may not be acknowledged yet.
/// </param>
internal sealed record GroupPosition(StreamId Last, IReadOnlyCollection<StreamId> Claimed)
{
    public static GroupPosition Start { get; } = new(default, []);

    public static GroupPosition Parse(string text)
    {
        string[] parts = text.Split(';');
        return new(
            StreamId.Parse(parts[0]),
            parts.Length == 1 ? [] : parts[1].Split(',').Select(static id => StreamId.Parse(id)).ToHashSet());
    }

    public override string ToString() =>
        Claimed.Count == 0 ? Last.ToString() : $"{Last};{string.Join(',', Claimed)}";
}
