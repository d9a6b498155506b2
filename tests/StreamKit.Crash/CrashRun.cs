using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace StreamKit.Crash;

/// <summary>
/// Starts the program as a process and kills it at random moments, until it has been killed often enough and the work
/// is done; compares what is visible with what an undisturbed run writes.
/// </summary>
public sealed class CrashRun
{
    // About what gets done in one life, so that the work lasts as long as it is to be killed.
    private const int LinesPerKill = 3_000;
    private const int LinesMost = 400_000;

    private static readonly TimeSpan s_longestLife = TimeSpan.FromMilliseconds(800);

    public int Kills { get; init; } = 15;

    public int Lanes { get; init; } = 1;

    public int Seed { get; init; } = 1;

    /// <summary>Where progress is told.</summary>
    public TextWriter Log { get; init; } = TextWriter.Null;

    /// <exception cref="InvalidDataException">Something is visible that an undisturbed run does not write.</exception>
    public async Task<CrashReport> RunAsync(CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        var random = new Random(Seed);
        var report = new CrashReport();
        while (report.Kills < Kills)
        {
            string folder = Directory.CreateTempSubdirectory("streamkit-crash-").FullName;
            int lines = Math.Min(LinesMost, LinesPerKill * (Kills - report.Kills));
            report = await RunRoundAsync(folder, lines, random, report, cancellationToken);
            Log.WriteLine(report with { Time = Stopwatch.GetElapsedTime(began) });

            // Only where all was right: else what is there shows what was wrong.
            Directory.Delete(folder, recursive: true);
        }

        return report with { Time = Stopwatch.GetElapsedTime(began) };
    }

    private async Task<CrashReport> RunRoundAsync(
        string folder, int lines, Random random, CrashReport report, CancellationToken cancellationToken)
    {
        string calm = Path.Combine(folder, "calm");
        string disturbed = Path.Combine(folder, "disturbed");
        Directory.CreateDirectory(calm);
        Directory.CreateDirectory(disturbed);
        Word.Generate(WordCount.InputOf(calm), lines, random.Next());
        File.Copy(WordCount.InputOf(calm), WordCount.InputOf(disturbed));
        await WordCount.RunAsync(calm, Lanes, TimeSpan.Zero, TextWriter.Null);
        byte[] expected = WordCount.ReadOutput(calm);
        if (expected.Length == 0)
        {
            throw new InvalidDataException("The undisturbed run has written nothing to compare with.");
        }

        bool ended = false;
        while (!ended)
        {
            // Once it has been killed often enough it may finish in peace.
            TimeSpan? life = report.Kills < Kills ? s_longestLife * random.NextDouble() : null;
            bool early = random.Next(10) == 0;
            (ended, bool restored) = await LiveAsync(disturbed, life, early, cancellationToken);
            report = report with
            {
                Starts = report.Starts + 1,
                Kills = report.Kills + (ended ? 0 : 1),
                Restores = report.Restores + (restored ? 1 : 0),
            };
            Compare(folder, WordCount.ReadOutput(disturbed), expected, ended);
        }

        return report with { Rounds = report.Rounds + 1, Bytes = report.Bytes + expected.Length };
    }

    /// <summary>Starts the program once and kills it, unless it ends before.</summary>
    /// <param name="folder">What it works on.</param>
    /// <param name="life">How long to let it live; null: to its end.</param>
    /// <param name="early">Whether its life counts from the start of the process, not of the job.</param>
    /// <param name="cancellationToken">Kills it and ends the call.</param>
    private async Task<(bool Ended, bool Restored)> LiveAsync(
        string folder, TimeSpan? life, bool early, CancellationToken cancellationToken)
    {
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                typeof(CrashRun).Assembly.Location,
                "count",
                folder,
                Lanes.ToString(CultureInfo.InvariantCulture),
                life is null ? "0" : "4",
            },
        };
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new StringBuilder();
        bool restored = false;
        process.OutputDataReceived += (_, line) =>
        {
            restored |= line.Data?.StartsWith(WordCount.WentOnFrom, StringComparison.Ordinal) == true;
            if (line.Data is null or WordCount.Started)
            {
                started.TrySetResult();
            }
        };
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            if (life is { } span)
            {
                await (early ? Task.CompletedTask : started.Task.WaitAsync(cancellationToken));
                await Task.WhenAny(
                    Task.Delay(span, TimeProvider.System, cancellationToken),
                    process.WaitForExitAsync(cancellationToken));
                process.Kill();
            }

            await process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            process.Kill();
        }

        if (errors.ToString().Trim() is { Length: > 0 } text)
        {
            throw new InvalidDataException($"The program said on '{folder}': {text}");
        }

        return (process.ExitCode == 0, restored);
    }

    private void Compare(string folder, byte[] seen, byte[] expected, bool ended)
    {
        // Between keys on different lanes no order is promised.
        bool right = Lanes == 1
            ? expected.AsSpan().StartsWith(seen)
            : !ended || SortedLines(seen).SequenceEqual(SortedLines(expected));
        if (!right || (ended && seen.Length != expected.Length))
        {
            throw new InvalidDataException(
                $"Of {expected.Length} bytes {seen.Length} are visible and not the same: look into '{folder}'.");
        }
    }

    private static IEnumerable<string> SortedLines(byte[] bytes) =>
        Encoding.UTF8.GetString(bytes).Split('\n').Order(StringComparer.Ordinal);
}
