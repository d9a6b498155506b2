using System.Globalization;
using StreamKit.Time;

namespace StreamKit;

/// <summary>A pipeline failed; the message says which operator, for which key and at which event time.</summary>
public sealed class StreamException : Exception
{
    internal StreamException(string operatorName, string? key, Timestamp? timestamp, Exception inner)
        : base(Describe(operatorName, key, timestamp, inner), inner) =>
        (Operator, Key, Timestamp) = (operatorName, key, timestamp);

    /// <summary>The operator's name.</summary>
    public string Operator { get; }

    /// <summary>The key of the record, as text; null where there is none.</summary>
    public string? Key { get; }

    /// <summary>The event time of the record; null where there is none.</summary>
    public Timestamp? Timestamp { get; }

    private static string Describe(string operatorName, string? key, Timestamp? timestamp, Exception inner)
    {
        string of = key is null ? "" : string.Create(CultureInfo.InvariantCulture, $", key '{key}'");
        string at = timestamp is null ? "" : string.Create(CultureInfo.InvariantCulture, $", event time {timestamp}");
        return $"Operator '{operatorName}' failed{of}{at}: {inner.Message}";
    }
}
