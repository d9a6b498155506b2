using HashtagTracker.CommandLine;

namespace HashtagTracker;

/// <summary>What the command line of <c>HashtagTracker produce</c> asks for.</summary>
internal sealed record ProduceOptions
{
    /// <summary>The help text.</summary>
    public const string Usage =
        """
        Fills a topic of Kafka with invented tweets, written now, for HashtagTracker --source kafka to count.

        usage: HashtagTracker produce [options]

          --kafka BROKERS        HOST:PORT, several separated by commas (localhost:9092)
          --topic NAME           the topic (posts)
          --tweets N             end after N tweets; without: endless
          --seed N               other tweets (1)
          --speed X|max          1: in real time, 60: a minute a second (1)
          --help                 this text

        A message is {"createdAt":"2026-01-01T00:00:00Z","hashtags":["dotnet"]}.
        """;

    /// <summary>The brokers.</summary>
    public string Kafka { get; init; } = TrackerOptions.LocalKafka;

    /// <summary>The topic.</summary>
    public string Topic { get; init; } = TrackerOptions.UsualTopic;

    /// <summary>How many tweets; <c>null</c>: endless.</summary>
    public long? Tweets { get; init; }

    /// <summary>Seed of the simulator. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>How fast; positive infinity: as fast as it goes. Default: 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether only the help text is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>Reads a command line, or says in one sentence what is wrong with it; the options are then the
    /// defaults.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out ProduceOptions options, out string error)
    {
        options = new ProduceOptions();
        string? mistake = OptionList.Collect(
            arguments, [], ["--kafka", "--topic", "--tweets", "--seed", "--speed"], out var given);
        if (mistake is null && given.ContainsKey("--help"))
        {
            options = options with { Help = true };
        }
        else if (mistake is null)
        {
            var values = new OptionValues(given);
            ProduceOptions read = options with
            {
                Kafka = values.Servers("--kafka", options.Kafka, several: true),
                Topic = values.Text("--topic", options.Topic),
                Tweets = values.Has("--tweets") ? values.Integer("--tweets", 0, 1, long.MaxValue) : null,
                Seed = values.Integer("--seed", options.Seed, long.MinValue, long.MaxValue),
                Speed = values.Speed("--speed", options.Speed),
            };
            mistake = values.Error;
            options = mistake is null ? read : options;
        }

        error = mistake ?? "";
        return mistake is null;
    }
}
