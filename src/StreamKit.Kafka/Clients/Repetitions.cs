using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace StreamKit.Kafka.Clients;

/// <summary>
/// Lowers what a client says again and again: while it waits for a broker it tells of every attempt, many times a
/// second.
/// </summary>
internal sealed class Repetitions
{
    private const int MostTexts = 100;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _said = new(StringComparer.Ordinal);

    /// <summary>The level at which a text is logged: its own for the first, and then every ten seconds.</summary>
    public LogLevel LevelOf(LogLevel level, string text)
    {
        if (level is not (LogLevel.Warning or LogLevel.Information))
        {
            return level;
        }

        // Texts of the same kind differ in how many milliseconds something took.
        string kind = string.Concat(text.Where(static letter => !char.IsAsciiDigit(letter)));
        lock (_lock)
        {
            if (_said.TryGetValue(kind, out long last) && Stopwatch.GetElapsedTime(last) < Silence)
            {
                return LogLevel.Debug;
            }

            if (_said.Count == MostTexts)
            {
                _said.Clear();
            }

            _said[kind] = Stopwatch.GetTimestamp();
            return level;
        }
    }
}
