using StreamKit.Social;

namespace HashtagTracker.CommandLine;

/// <summary>Reads the command line of <see cref="TrackerOptions"/>.</summary>
internal static class TrackerCommandLine
{
    private static readonly string[] Switches = ["--no-dashboard"];

    private static readonly string[] Valued =
    [
        "--source", "--input", "--kafka", "--topic", "--twitter", "--bearer-env", "--bluesky", "--tweets", "--seed",
        "--start", "--speed", "--window", "--every", "--lateness", "--out-of-orderness", "--lanes", "--checkpoints",
        "--checkpoint-every", "--sink", "--output", "--redis", "--postgres-env", "--port",
    ];

    private static readonly string[] InputEnds = [".jsonl", ".json", ".gz"];

    /// <summary>The names of all options.</summary>
    public static IEnumerable<string> Names => [.. Switches, .. Valued];

    /// <summary>Reads it, or says in one sentence what is wrong; the options are then the defaults.</summary>
    public static bool TryParse(IReadOnlyList<string> arguments, out TrackerOptions options, out string error)
    {
        options = new TrackerOptions();
        string? mistake = OptionList.Collect(arguments, Switches, Valued, out Dictionary<string, string> given);
        if (mistake is null && given.ContainsKey("--help"))
        {
            options = options with { Help = true };
        }
        else if (mistake is null)
        {
            var values = new OptionValues(given);
            TrackerOptions read = Read(values);
            mistake = values.Error;
            options = mistake is null ? read : options;
        }

        error = mistake ?? "";
        return mistake is null;
    }

    private static TrackerOptions Read(OptionValues values)
    {
        var defaults = new TrackerOptions();
        string? source = Choice.Of("--source", Choice.Sources, values);
        string? sink = Choice.Of("--sink", Choice.Sinks, values);
        TrackerOptions options = ReadSink(sink, values, ReadSource(source, values, defaults with
        {
            Dashboard = !values.Has("--no-dashboard"),
        }));
        FitTogether(source, sink, values, options);
        options = ReadWindows(values, options) with
        {
            Port = (int)values.Integer("--port", defaults.Port, 0, 65535),
            Lanes = (int)values.Integer("--lanes", defaults.Lanes, 1, 1024),
            Checkpoints = values.Path("--checkpoints", "folder"),
            CheckpointEvery = values.Duration("--checkpoint-every", defaults.CheckpointEvery, mayBeZero: false),
        };

        // A page shows invented tweets, and live ones, as time passes; all else is done as fast as it goes.
        bool runsByTheClock = options.IsLive || (options.Input is null && options.Dashboard);
        return options with { Speed = values.Speed("--speed", runsByTheClock ? 1 : double.PositiveInfinity) };
    }

    private static TrackerOptions ReadSource(string? source, OptionValues values, TrackerOptions options) =>
        source switch
        {
            "file" => options with { Input = Input(values) },
            "kafka" => options with
            {
                Kafka = values.Servers("--kafka", TrackerOptions.LocalKafka, several: true),
                Topic = values.Text("--topic", options.Topic),
            },
            "twitter" => options with
            {
                Twitter = values.Address("--twitter", "http", new Uri("https://api.x.com/")),
                BearerVariable = values.Text("--bearer-env", options.BearerVariable),
            },
            "bluesky" => options with
            {
                Bluesky = values.Address("--bluesky", "ws", new JetstreamOptions().Endpoint, publicWord: "public"),
            },
            _ => options with
            {
                Tweets = values.Has("--tweets") ? values.Integer("--tweets", 0, 1, long.MaxValue) : null,
                Seed = values.Integer("--seed", options.Seed, long.MinValue, long.MaxValue),
                Start = values.Instant("--start"),
            },
        };

    private static TrackerOptions ReadSink(string? sink, OptionValues values, TrackerOptions options) =>
        sink switch
        {
            "file" => options with { Output = Output(values, options) },
            "redis" => options with { Redis = values.Servers("--redis", "localhost:6379", several: false) },
            "postgres" => options with { PostgresVariable = values.Text("--postgres-env", "POSTGRES_CONNECTION") },
            _ => options,
        };

    private static TrackerOptions ReadWindows(OptionValues values, TrackerOptions options)
    {
        TimeSpan window = values.Duration("--window", options.Window, mayBeZero: false);
        TimeSpan usualHop = values.Has("--window") ? window : options.Every;
        TimeSpan every = values.Duration("--every", usualHop, mayBeZero: false);
        if (every > window)
        {
            values.Fail(
                $"--every {DurationText.Format(every)} is longer than the window of {DurationText.Format(window)}, "
                + "so tweets between windows would not be counted");
        }

        return options with
        {
            Window = window,
            Every = every,
            Lateness = values.Duration("--lateness", options.Lateness, mayBeZero: true),
            OutOfOrderness = values.Duration(
                "--out-of-orderness",
                options.IsLive ? TrackerOptions.LiveOutOfOrderness : options.OutOfOrderness,
                mayBeZero: true),
        };
    }

    private static void FitTogether(string? source, string? sink, OptionValues values, TrackerOptions options)
    {
        if (options.IsLive && values.Has("--speed"))
        {
            string implying = Choice.Sources.Single(choice => choice.Name == source).Implying!;
            string by = values.Has(implying) ? implying : $"--source {source}";
            values.Fail($"--speed has no meaning with {by}, which is live");
        }

        if (sink == "none" && !options.Dashboard)
        {
            values.Fail("--sink none has no meaning with --no-dashboard: nobody would see the counts");
        }

        if (values.Has("--port") && !options.Dashboard)
        {
            values.Fail("--port has no meaning with --no-dashboard");
        }

        if (values.Has("--checkpoint-every") && !values.Has("--checkpoints"))
        {
            values.Fail("--checkpoint-every has no meaning without --checkpoints");
        }
    }

    private static string? Input(OptionValues values)
    {
        string? path = values.Path("--input", "file");
        if (path is null)
        {
            values.Fail("--source file needs --input FILE");
        }
        else if (!InputEnds.Any(end => path.EndsWith(end, StringComparison.OrdinalIgnoreCase)))
        {
            values.Fail($"--input {path}: the name of the file must end in {string.Join(" or ", InputEnds)}");
        }

        return path;
    }

    // The output is emptied before the input is read to its end.
    private static string? Output(OptionValues values, TrackerOptions options)
    {
        string? path = values.Path("--output", "file");
        if (path is null && options.Dashboard)
        {
            values.Fail("--sink file needs --output FILE, or --no-dashboard for the standard output");
        }

        if (options.Input is { Length: > 0 } input && path is { Length: > 0 }
            && Path.GetFullPath(input) == Path.GetFullPath(path))
        {
            values.Fail("--output would overwrite the file of --input");
        }

        return path;
    }
}
