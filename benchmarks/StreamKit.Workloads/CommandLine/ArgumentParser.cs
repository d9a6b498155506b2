using System.Globalization;

namespace StreamKit.Workloads.CommandLine;

/// <summary>Reads the command line.</summary>
internal sealed class ArgumentParser
{
    public const int DefaultEvents = 10_000_000;
    public const int ShortEvents = 1_000_000;
    public const int DefaultRepetitions = 5;
    public const int ShortRepetitions = 3;
    public const int DefaultLanes = 1;
    public const int DefaultBatch = 1024;

    // Fewer take less time than the clock can tell apart; more do not fit the memory of an ordinary machine.
    public const int FewestEvents = 1000;
    public const int MostEvents = 200_000_000;
    public const int MostRepetitions = 1000;

    // As many as there are key groups by default: further lanes would have no keys.
    public const int MostLanes = 128;
    public const int MostBatch = 1 << 20;

    public const string Help = """
        Measures stream engines beside hand-written floors.

        usage: StreamKit.Workloads [W1 W2 W3 W4 W5 W6 W7] [options]

          (no workload)      all that an engine can run
          --json             one JSON line per workload and engine instead of a table
          --events N         events per workload (default 10000000)
          --repetitions N    timed runs per engine (default 5)
          --lanes N          lanes that share the keyed work (default 1)
          --batch N          events that travel together (default 1024)
          --peers            also measure what one would write without StreamKit
          --hopping          instead: the cost of overlap, and of far jumps in event time
          --memory           instead: bytes per key and window, and the heap over an hour of event time
          --scaling          instead: what more lanes gain where an aggregate computes much, and skewed keys
          --checkpoints      instead: W1 with a checkpoint every second, and saving and restoring a million keys
          --short            1000000 events, 3 repetitions; too many bytes per event, or a ratio to the floor that is
                             far too small, fail as well
          --help             this text

        exit code: 0 all is well, 1 a result differs from the floor's (with --short also: too much is allocated, or
                   it took far too long beside the floor),
                   2 the command line cannot be followed
        """;

    private const string Options =
        "--json --events --repetitions --lanes --batch --peers --hopping --memory --scaling --checkpoints --short "
        + "--help";

    private readonly string[] _words;
    private readonly List<string> _workloads = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _switches = new(StringComparer.Ordinal);
    private int _at;

    private ArgumentParser(string[] words) => _words = words;

    /// <exception cref="UsageException">A word is unknown or repeated, or a number is missing
    /// or out of range.</exception>
    public static Arguments Parse(string[] words) => new ArgumentParser(words).Parse();

    private Arguments Parse()
    {
        while (_at < _words.Length)
        {
            Take(_words[_at++]);
        }

        bool isShort = _switches.Contains("--short");
        return new Arguments
        {
            Workloads = _workloads,
            Events = _numbers.GetValueOrDefault("--events", isShort ? ShortEvents : DefaultEvents),
            Repetitions = _numbers.GetValueOrDefault("--repetitions", isShort ? ShortRepetitions : DefaultRepetitions),
            Options = new RunOptions(
                _numbers.GetValueOrDefault("--lanes", DefaultLanes),
                _numbers.GetValueOrDefault("--batch", DefaultBatch)),
            Json = _switches.Contains("--json"),
            Peers = _switches.Contains("--peers"),
            Hopping = _switches.Contains("--hopping"),
            Memory = _switches.Contains("--memory"),
            Scaling = _switches.Contains("--scaling"),
            Checkpoints = _switches.Contains("--checkpoints"),
            Short = isShort,
            Help = _switches.Contains("--help"),
        };
    }

    private void Take(string word)
    {
        switch (word)
        {
            case "--json" or "--peers" or "--hopping" or "--memory" or "--scaling" or "--checkpoints":
            case "--short" or "--help":
                _switches.Add(word);
                break;
            case "--events":
                TakeNumber(word, FewestEvents, MostEvents);
                break;
            case "--repetitions":
                TakeNumber(word, 1, MostRepetitions);
                break;
            case "--lanes":
                TakeNumber(word, 1, MostLanes);
                break;
            case "--batch":
                TakeNumber(word, 1, MostBatch);
                break;
            default:
                TakeWorkload(word);
                break;
        }
    }

    private void TakeNumber(string option, int least, int most)
    {
        if (_at == _words.Length)
        {
            throw new UsageException($"{option} needs a number after it");
        }

        string word = _words[_at++];
        if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            || number < least || number > most)
        {
            throw new UsageException($"{option} needs a whole number from {least} to {most}, not '{word}'");
        }

        if (!_numbers.TryAdd(option, number))
        {
            throw new UsageException($"{option} is given twice");
        }
    }

    private void TakeWorkload(string word)
    {
        if (word.StartsWith('-'))
        {
            throw new UsageException($"unknown option '{word}'; the options are {Options}");
        }

        string name = word.ToUpperInvariant();
        if (!WorkloadCatalog.Names.Contains(name))
        {
            throw new UsageException(
                $"unknown workload '{word}'; the workloads are {string.Join(' ', WorkloadCatalog.Names)}");
        }

        if (_workloads.Contains(name))
        {
            throw new UsageException($"{name} is named twice");
        }

        _workloads.Add(name);
    }
}
