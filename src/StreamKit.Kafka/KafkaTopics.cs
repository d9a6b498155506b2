using System.Text.RegularExpressions;

namespace StreamKit.Kafka;

/// <summary>Which topics a source reads.</summary>
/// <remarks>A text converts by itself to the topic of that name.</remarks>
public sealed class KafkaTopics
{
    private readonly Regex? _pattern;

    private KafkaTopics(IReadOnlyList<string> names, Regex? pattern) => (Names, _pattern) = (names, pattern);

    /// <summary>The names; none where there is a pattern.</summary>
    internal IReadOnlyList<string> Names { get; }

    /// <summary>The pattern as a broker or a client takes it; null where there are names.</summary>
    internal string? Pattern => _pattern?.ToString();

    /// <summary>One topic.</summary>
    /// <param name="name">Its name.</param>
    public static implicit operator KafkaTopics(string name) => Named(name);

    /// <summary>Topics by their names.</summary>
    /// <param name="names">At least one; each exists when the source is opened.</param>
    /// <exception cref="ArgumentException">There is none, or one is empty or named twice.</exception>
    public static KafkaTopics Named(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.Count == 0)
        {
            throw new ArgumentException("There must be a topic to be read.", nameof(names));
        }

        foreach (string name in names)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(names));
        }

        return names.Distinct(StringComparer.Ordinal).Count() == names.Count
            ? new KafkaTopics([.. names], null)
            : throw new ArgumentException("A topic is named twice, and would be read twice.", nameof(names));
    }

    /// <summary>All topics whose whole name matches a pattern, those that are made later included.</summary>
    /// <param name="pattern">
    /// A regular expression that begins with ^, since Kafka itself tells a pattern from a name by that. In a consumer
    /// group the client judges it, with the syntax that it has in common with .NET for plain patterns.
    /// </param>
    /// <remarks>Topics that belong to Kafka itself, with names that begin with "__", are left out.</remarks>
    /// <exception cref="ArgumentException">It does not begin with ^, or is no regular expression.</exception>
    /// <example><code>KafkaTopics.Matching("^orders-[a-z]+$")</code></example>
    public static KafkaTopics Matching(string pattern)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        return pattern[0] == '^'
            ? new KafkaTopics([], new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1)))
            : throw new ArgumentException("A pattern of topics begins with ^.", nameof(pattern));
    }

    /// <summary>The names, or the pattern.</summary>
    public override string ToString() => Pattern ?? string.Join(", ", Names);

    internal bool Includes(string topic) => _pattern is null
        ? Names.Contains(topic, StringComparer.Ordinal)
        : !topic.StartsWith("__", StringComparison.Ordinal) && _pattern.IsMatch(topic);
}
