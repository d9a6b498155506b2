namespace HashtagTracker;

/// <summary>What the command line asks for.</summary>
internal sealed record TrackerOptions
{
    /// <summary>The exit code when the counting fails: an input, an output or a port that cannot be used.</summary>
    public const int FailureExitCode = 1;

    /// <summary>The exit code of a command line that is not understood.</summary>
    public const int UsageExitCode = 2;

    /// <summary>The hop when nothing is said about windows, which keeps a live page moving.</summary>
    public static readonly TimeSpan LiveEvery = TimeSpan.FromSeconds(2);

    /// <summary>By how much live posts may be out of order: networks promise no order.</summary>
    public static readonly TimeSpan LiveOutOfOrderness = TimeSpan.FromSeconds(10);

    /// <summary>The help text.</summary>
    public const string Usage =
        """
        Counts hashtags in event-time windows, live on a web page or into a file.

        usage: HashtagTracker [options]

        without options: invented tweets, windows of 60s hopping by 2s, page at http://localhost:5080

          --input FILE           tweets from a file, one JSON object a line (.jsonl or .jsonl.gz); default: simulator
          --bluesky URL          posts of Bluesky, live; URL: a Jetstream, or public
          --twitter URL          the filtered stream of X, live; URL: https://api.x.com/ or a simulator
          --bearer-env NAME      the environment variable that holds the token for --twitter (X_BEARER_TOKEN)
          --window D             length of a window (60s)
          --every D              hop from one window to the next (2s; with --window alone: no overlap)
          --lateness D           how long a counted window still takes late tweets (0s)
          --out-of-orderness D   how much later than a newer tweet one may come and still be on time (5s; live: 10s)
          --output FILE          write the counts as CSV
          --no-dashboard         no web page: count, write and end (without --output to the standard output)
          --port N               port of the web page (5080); 0: any that is free
          --lanes N              how many lanes count in parallel (the number of processors)
          --speed X|max          1: in real time, 60: a minute a second (simulator with page: 1; else max)
          --tweets N             end after N invented tweets
          --seed N               another stream of invented tweets (1)
          --help                 this text

        A duration D is a number and ms, s, m, h or d, such as 500ms, 60s, 5m or 1h.
        """;

    /// <summary>The file to read; <c>null</c>: the simulator.</summary>
    public string? Input { get; init; }

    /// <summary>Where the API of X is, to be read live; <c>null</c>: it is not read.</summary>
    public Uri? Twitter { get; init; }

    /// <summary>The environment variable with the token for <see cref="Twitter"/>.</summary>
    public string BearerVariable { get; init; } = "X_BEARER_TOKEN";

    /// <summary>The Jetstream of Bluesky to be read live; <c>null</c>: none.</summary>
    public Uri? Bluesky { get; init; }

    /// <summary>Whether the posts are being written just now, by people.</summary>
    public bool IsLive => Twitter is not null || Bluesky is not null;

    /// <summary>What the page says of the source.</summary>
    public string SourceName => this switch
    {
        { Twitter: { } endpoint } => endpoint.Host,
        { Bluesky: { } endpoint } => endpoint.Host,
        { Input: { } path } => Path.GetFileName(path),
        _ => "simulator",
    };

    /// <summary>The CSV file to write; <c>null</c>: none.</summary>
    public string? Output { get; init; }

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

    /// <summary>Whether only the help text is wanted.</summary>
    public bool Help { get; init; }

    /// <summary>Reads a command line, or says in one sentence what is wrong with it.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out TrackerOptions options, out string error) =>
        new CommandLineParser(arguments).TryParse(out options, out error);
}
