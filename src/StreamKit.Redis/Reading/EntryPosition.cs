namespace StreamKit.Redis.Reading;

/// <summary>Where reading goes on in a stream.</summary>
/// <param name="Id">Behind this ID.</param>
/// <param name="IsEntry">
/// Whether it is the ID of an entry that was read; else, written with a bracket as Redis does, only a place to begin.
/// </param>
internal readonly record struct EntryPosition(StreamId Id, bool IsEntry)
{
    public static EntryPosition After(StreamId id) => new(id, IsEntry: false);

    public static EntryPosition Parse(string text) =>
        StreamId.TryParse(text.AsSpan().TrimStart('('), out StreamId id)
            ? new(id, !text.StartsWith('('))
            : throw new FormatException($"'{text}' is not a position in a stream of Redis.");

    public override string ToString() => IsEntry ? Id.ToString() : $"({Id}";
}
