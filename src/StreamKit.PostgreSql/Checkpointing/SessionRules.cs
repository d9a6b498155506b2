using System.Buffers;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>What every store asks of numbers and names, and the errors that all of them share.</summary>
internal static class SessionRules
{
    private const int SavepointLength = 80;

    private static readonly SearchValues<char> s_savepoint =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static void CheckSavepoint(string? savepoint)
    {
        if (savepoint is not null
            && (savepoint.Length is 0 or > SavepointLength || savepoint[0] == '.'
                || savepoint.AsSpan().ContainsAnyExcept(s_savepoint)))
        {
            throw new ArgumentException(
                $"'{savepoint}' cannot name a savepoint: take 1 to {SavepointLength} letters, digits, '-', '_' and "
                + "'.', and no dot at the beginning.",
                nameof(savepoint));
        }
    }

    public static InvalidOperationException IsComplete(long checkpoint) =>
        new($"Checkpoint {checkpoint} is complete; take a number higher than any that is listed.");

    public static InvalidOperationException HasPart(long checkpoint, string part) =>
        new($"Checkpoint {checkpoint} has a part '{part}' already.");

    public static InvalidOperationException HasSavepoint(string savepoint) =>
        new($"There is a savepoint '{savepoint}' already; delete it, or choose another name.");
}
