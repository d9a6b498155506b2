using System.Globalization;

namespace StreamKit.Twitter.Live;

/// <summary>How far a filtered stream was delivered, and what back-fill would bring again.</summary>
/// <param name="Delivered">How many posts were delivered.</param>
/// <param name="At">When the last of them came in; null when there was none.</param>
/// <param name="Blocks">The ids of those that may come again.</param>
internal sealed record StreamPosition(long Delivered, DateTimeOffset? At, IReadOnlyList<IdBlock> Blocks)
{
    private const char BlockSeparator = '.';

    /// <summary>Writes a position: count, milliseconds since 1970, blocks of ids.</summary>
    internal static string Write(long delivered, DateTimeOffset? at, IEnumerable<string> blocks) => string.Create(
        CultureInfo.InvariantCulture,
        $"{delivered} {at?.ToUnixTimeMilliseconds() ?? -1} {string.Join(BlockSeparator, blocks)}");

    /// <summary>Reads a position.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static StreamPosition Parse(string position)
    {
        string[] parts = position.Split(' ');
        if (parts.Length != 3
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long delivered)
            || !long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long at))
        {
            throw new FormatException("This is no position of a filtered stream.");
        }

        DateTimeOffset? time = at < 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(at);
        DateTimeOffset until = time ?? DateTimeOffset.UnixEpoch;
        return new StreamPosition(
            delivered, time, [.. parts[2].Split(BlockSeparator).Select(block => IdBlock.Parse(block, until))]);
    }
}
