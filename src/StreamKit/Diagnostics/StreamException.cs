using System.Globalization;

namespace StreamKit.Diagnostics;

/// <summary>A pipeline failed; the message says which operator, for which key and at which event time.</summary>
public sealed class StreamException : Exception
{
    internal StreamException(string operatorName, string? key, DateTimeOffset? eventTime, Exception inner)
        : base(Describe(operatorName, key, eventTime, inner), inner) =>
        (Operator, Key, EventTime) = (operatorName, key, eventTime);

    /// <summary>The operator's name.</summary>
    public string Operator { get; }

    /// <summary>The key of the record, as text; null where there is none.</summary>
    public string? Key { get; }

    /// <summary>The event time of the record; null where there is none.</summary>
    public DateTimeOffset? EventTime { get; }

    private static string Describe(string operatorName, string? key, DateTimeOffset? eventTime, Exception inner)
    {
        string of = key is null ? "" : $", key '{key}'";
        string at = eventTime is { } time ? ", event time " + time.ToString("O", CultureInfo.InvariantCulture) : "";
        return $"Operator '{operatorName}' failed{of}{at}: {inner.Message}";
    }
}
