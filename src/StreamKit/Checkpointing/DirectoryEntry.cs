using System.Globalization;

namespace StreamKit.Checkpointing;

/// <summary>What the name of a completed checkpoint's directory says.</summary>
/// <param name="Name">The name.</param>
/// <param name="Id">The checkpoint's number.</param>
/// <param name="Savepoint">The name of a savepoint; null for a checkpoint.</param>
internal readonly record struct DirectoryEntry(string Name, long Id, string? Savepoint)
{
    private const string CheckpointPrefix = "checkpoint-";
    private const string SavepointPrefix = "savepoint-";

    public static string NameOf(long id, string? savepoint) => savepoint is null
        ? string.Create(CultureInfo.InvariantCulture, $"{CheckpointPrefix}{id:d12}")
        : string.Create(CultureInfo.InvariantCulture, $"{SavepointPrefix}{id:d12}-{FileNames.Of(savepoint)}");

    /// <summary>Reads a name; null where it is not that of a completed checkpoint.</summary>
    public static DirectoryEntry? Read(string name)
    {
        if (name.StartsWith(CheckpointPrefix, StringComparison.Ordinal))
        {
            return IdOf(name[CheckpointPrefix.Length..]) is { } id ? new DirectoryEntry(name, id, null) : null;
        }

        if (!name.StartsWith(SavepointPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        string rest = name[SavepointPrefix.Length..];
        int dash = rest.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && dash < rest.Length - 1 && IdOf(rest[..dash]) is { } number
            ? new DirectoryEntry(name, number, FileNames.Read(rest[(dash + 1)..]))
            : null;
    }

    private static long? IdOf(string digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long id) && id > 0 ? id : null;
}
