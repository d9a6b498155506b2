using HashtagTracker.CommandLine;

namespace HashtagTracker;

/// <summary>What the command line asks for.</summary>
internal sealed record TrackerOptions
{
    /// <summary>The exit code when the counting fails: an input, an output or a port that cannot be used.</summary>
    public const int FailureExitCode = 1;

    /// <summary>The exit code of a command line that is not understood.</summary>
    public const int UsageExitCode = 2;

    /// <summary>Where Kafka is unless one says otherwise.</summary>
    public const string LocalKafka = "localhost:9092";

    /// <summary>The topic of posts unless one says otherwise.</summary>
    public const string UsualTopic = "posts";

    /// <summary>The hop when nothing is said about windows, which keeps a live page moving.</summary>
    public static readonly TimeSpan LiveEvery = TimeSpan.FromSeconds(2);

    /// <summary>By how much live posts may be out of order: networks promise no order.</summary>
    public static readonly TimeSpan LiveOutOfOrderness = TimeSpan.FromSeconds(10);

    /// <summary>The help text.</summary>
    public const string Usage =
        """
        Counts hashtags in event-time windows, live on a web page and into a file or a database.

        usage: HashtagTracker [options]
               HashtagTracker produce [options]     fills a topic of Kafka; produce --help lists its options

        without options: invented tweets, windows of 60s hopping by 2s, page at http://localhost:5080

        where posts come from
          --source NAME          simulator, file, kafka, twitter or bluesky (simulator); an option of one chooses it too
          --tweets N             simulator: end after N invented tweets
          --seed N               simulator: another stream of invented tweets (1)
          --start TIME           simulator: when they begin, such as 2026-01-01T00:00:00Z (now; without a page: that)
          --input FILE           file: tweets, one JSON object a line (.jsonl or .jsonl.gz)
          --kafka BROKERS        kafka: HOST:PORT, several separated by commas (localhost:9092)
          --topic NAME           kafka: the topic (posts)
          --twitter URL          twitter: the filtered stream of X; a simulator of it, or https://api.x.com/ (that)
          --bearer-env NAME      twitter: the environment variable that holds the token (X_BEARER_TOKEN)
          --bluesky URL          bluesky: a Jetstream, or public (public)
          --speed X|max          simulator, file: 1 in real time, 60 a minute a second
                                 (simulator with page: 1; else max)

        how they are counted
          --window D             length of a window (60s)
          --every D              hop from one window to the next (2s; with --window alone: no overlap)
          --lateness D           how long a counted window still takes late tweets (0s)
          --out-of-orderness D   how much later than a newer tweet one may come and still be on time (5s; live: 10s)
          --lanes N              how many lanes count in parallel (the number of processors)
          --checkpoints DIR      keep what is needed to go on after a stop or a crash; without: begin anew
          --checkpoint-every D   how often (5s)

        where counts go
          --sink NAME            none, file, redis or postgres (none); an option of one chooses it too
          --output FILE          file: CSV; with --checkpoints one file for each checkpoint
          --redis HOST:PORT      redis: a sorted set for each window (localhost:6379)
          --postgres-env NAME    postgres: the environment variable that holds the connection string
                                 (POSTGRES_CONNECTION); the table hashtag_counts is made if there is none
          --no-dashboard         no web page: count, write and end (without a sink to the standard output)
          --port N               port of the web page (5080); 0: any that is free

          --help                 this text

        A duration D is a number and ms, s, m, h or d, such as 500ms, 60s, 5m or 1h.
        """;

    /// <summary>The file to read; <c>null</c>: none.</summary>
    public string? Input { get; init; }

    /// <summary>The brokers of the Kafka to be read; <c>null</c>: none.</summary>
    public string? Kafka { get; init; }

    /// <summary>The topic of <see cref="Kafka"/>.</summary>
    public string Topic { get; init; } = UsualTopic;

    /// <summary>Where the API of X is, to be read live; <c>null</c>: it is not read.</summary>
    public Uri? Twitter { get; init; }

    /// <summary>The environment variable with the token for <see cref="Twitter"/>.</summary>
    public string BearerVariable { get; init; } = "X_BEARER_TOKEN";

    /// <summary>The Jetstream of Bluesky to be read live; <c>null</c>: none.</summary>
    public Uri? Bluesky { get; init; }

    /// <summary>Whether the posts are being written just now, by people, and never end.</summary>
    public bool IsLive => Kafka is not null || Twitter is not null || Bluesky is not null;

    /// <summary>What the page says of the source.</summary>
    public string SourceName => this switch
    {
        { Kafka: { } } => $"Kafka topic {Topic}",
        { Twitter: { } endpoint } => endpoint.Host,
        { Bluesky: { } endpoint } => endpoint.Host,
        { Input: { } path } => Path.GetFileName(path),
        _ => "simulator",
    };

    /// <summary>What the page says of the sink; <c>null</c>: there is none.</summary>
    public string? SinkName => this switch
    {
        { Redis: { } address } => $"Redis {address}",
        { PostgresVariable: { } } => "PostgreSQL",
        { Output: { } path } => Path.GetFileName(path),
        _ => null,
    };

    /// <summary>The CSV file to write; <c>null</c>: none, or the standard output where nothing else shows the
    /// counts.</summary>
    public string? Output { get; init; }

    /// <summary>The Redis to write to; <c>null</c>: none.</summary>
    public string? Redis { get; init; }

    /// <summary>The environment variable with the connection string of the PostgreSQL to write to; <c>null</c>:
    /// none.</summary>
    public string? PostgresVariable { get; init; }

    /// <summary>Where checkpoints are kept; <c>null</c>: none are taken.</summary>
    public string? Checkpoints { get; init; }

    /// <summary>How often a checkpoint is taken. Default: 5 seconds.</summary>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Length of a window. Default: 60 seconds.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Hop between windows, at most <see cref="Window"/>. Default: <see cref="LiveEvery"/>.</summary>
    public TimeSpan Every { get; init; } = LiveEvery;

    /// <summary>How long a counted window still takes late tweets. Default: zero.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.Zero;

    /// <summary>By how much tweets may be out of order without being late. Default: 5 seconds.</summary>
    public TimeSpan OutOfOrderness { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether the page is served. Default: yes.</summary>
    public bool Dashboard { get; init; } = true;

    /// <summary>The port of the page; 0: any that is free. Default: 5080.</summary>
    public int Port { get; init; } = 5080;

    /// <summary>Parallel lanes of the counting stage. Default: the number of processors.</summary>
    public int Lanes { get; init; } = Environment.ProcessorCount;

    /// <summary>Speed of the replay; positive infinity: as fast as it goes. Default: 1.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>How many tweets the simulator invents; <c>null</c>: endless.</summary>
    public long? Tweets { get; init; }

    /// <summary>Seed of the simulator. Default: 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>When the simulator's tweets begin; <c>null</c>: now where a page shows them, else with the year
    /// 2026.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>Whether only the help text is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>Reads a command line, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out TrackerOptions options, out string error) =>
        TrackerCommandLine.TryParse(arguments, out options, out error);
}
