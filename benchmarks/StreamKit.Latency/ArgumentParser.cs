using System.Globalization;

namespace StreamKit.Latency;

/// <summary>Reads the command line.</summary>
internal static class ArgumentParser
{
    // Above these, the schedule or the histogram would be about something else than a laptop or a server can do.
    private const int MostEventsPerSecond = 10_000_000;
    private const int MostKeys = 10_000_000;
    private const int MostSeconds = 86_400;
    private const int MostLanes = 128;

    public const string Help = """
        Measures how long results take, with a load that does not wait for the pipeline.

        usage: StreamKit.Latency [options]

          --rates N,N,...    events per second, a run for each (default 100000,500000,1000000)
          --keys N           keys, in turn (default 10000)
          --window-ms N      size of the window (default 1000)
          --every-ms N       results every so often (default 20)
          --seconds N        measured time of a run (default 20)
          --warm-up N        seconds before it (default 5)
          --quantum-us N     the source gathers events for so long (default 100)
          --lanes N          lanes that share the keys (default 1)
          --paced            only the paced load
          --idle             only the idle pipeline
          --idle-events N    events through the idle pipeline (default 10000)
          --pause-us N       between two of them (default 200)
          --help             this text
        """;

    /// <exception cref="UsageException">A word is unknown, or a number is missing or out of range.</exception>
    public static Arguments Parse(string[] words)
    {
        var arguments = new Arguments();
        using IEnumerator<string> rest = ((IEnumerable<string>)words).GetEnumerator();
        while (rest.MoveNext())
        {
            arguments = Take(arguments, rest.Current, rest);
        }

        return arguments.WindowSize.Ticks % arguments.Every.Ticks == 0
            ? arguments
            : throw new UsageException("--window-ms must be a multiple of --every-ms");
    }

    private static Arguments Take(Arguments arguments, string option, IEnumerator<string> rest)
    {
        int Number(int least, int most) => Parse(option, Next(option, rest), least, most);

        return option switch
        {
            "--rates" => arguments with
            {
                Rates = [.. Next(option, rest).Split(',').Select(word => Parse(option, word, 1, MostEventsPerSecond))],
            },
            "--keys" => arguments with { Keys = Number(1, MostKeys) },
            "--window-ms" => arguments with { WindowSize = TimeSpan.FromMilliseconds(Number(1, MostSeconds)) },
            "--every-ms" => arguments with { Every = TimeSpan.FromMilliseconds(Number(1, MostSeconds)) },
            "--seconds" => arguments with { Duration = TimeSpan.FromSeconds(Number(1, MostSeconds)) },
            "--warm-up" => arguments with { WarmUp = TimeSpan.FromSeconds(Number(0, MostSeconds)) },
            "--quantum-us" => arguments with { Quantum = TimeSpan.FromMicroseconds(Number(0, 1_000_000)) },
            "--lanes" => arguments with { Lanes = Number(1, MostLanes) },
            "--paced" => arguments with { Idle = false },
            "--idle" => arguments with { Paced = false },
            "--idle-events" => arguments with { IdleEvents = Number(1, 100_000_000) },
            "--pause-us" => arguments with { Pause = TimeSpan.FromMicroseconds(Number(0, 10_000_000)) },
            "--help" => arguments with { Help = true },
            _ => throw new UsageException($"unknown option '{option}'"),
        };
    }

    private static string Next(string option, IEnumerator<string> rest) =>
        rest.MoveNext() ? rest.Current : throw new UsageException($"{option} needs a value after it");

    private static int Parse(string option, string word, int least, int most) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && number >= least && number <= most
            ? number
            : throw new UsageException($"{option} needs a whole number from {least} to {most}, not '{word}'");
}
