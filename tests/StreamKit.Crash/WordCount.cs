using System.Globalization;
using StreamKit.Connectors;
using StreamKit.Files;

namespace StreamKit.Crash;

/// <summary>The program that is killed.</summary>
public static class WordCount
{
    /// <summary>What it says when the job runs.</summary>
    public const string Started = "started";

    /// <summary>What a line begins with that says where it went on from.</summary>
    public const string WentOnFrom = "went on from ";

    /// <summary>Where the input is in the folder.</summary>
    public static string InputOf(string folder) => Path.Combine(folder, "words.txt");

    /// <summary>What is visible of the output.</summary>
    public static byte[] ReadOutput(string folder)
    {
        string output = Path.Combine(folder, "out");
        if (!Directory.Exists(output))
        {
            return [];
        }

        var bytes = new MemoryStream();
        foreach (string part in Directory.GetFiles(output, "counts-*.txt").Order(StringComparer.Ordinal))
        {
            bytes.Write(File.ReadAllBytes(part));
        }

        return bytes.ToArray();
    }

    /// <summary>Counts, from the last checkpoint on if there is one, to the end.</summary>
    /// <param name="folder">Where input, output and checkpoints are.</param>
    /// <param name="lanes">How many lanes count.</param>
    /// <param name="pause">How long to wait before each small piece of the input; zero: it is read at once.</param>
    /// <param name="log">Is told that the job runs.</param>
    public static async Task RunAsync(string folder, int lanes, TimeSpan pause, TextWriter log)
    {
        ISource<Word> words = pause == TimeSpan.Zero
            ? FileSource.Lines<Word>(InputOf(folder), Word.TryParse)
            : new PacedSource<Word>(
                FileSource.Lines<Word>(InputOf(folder), Word.TryParse, new FileSourceOptions { BufferBytes = 512 }),
                pause);

        StreamBuilder builder = StreamBuilder.Create("word-count");
        builder.From(words, "words")
            .WithEventTime(
                word => word.Time, Watermarks.BoundedOutOfOrderness(TimeSpan.FromMilliseconds(Word.Disorder)))
            .Named("time")
            .KeyBy(word => word.Text)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(5)))
            .Count()
            .Named("counts")
            .Select(count => string.Create(
                CultureInfo.InvariantCulture, $"{count.Window.Start:HH:mm:ss.fff} {count.Key} {count.Value}"))
            .To(
                FileSink.Lines(
                    Path.Combine(folder, "out", "counts-{0:000000}.txt"), new FileSinkOptions { ExactlyOnce = true }),
                "lines");
        CheckpointOptions checkpoints =
            Checkpoints.InDirectory(Path.Combine(folder, "checkpoints"), TimeSpan.FromMilliseconds(50));
        await using StreamJob job = builder.Build().Start(new JobOptions
        {
            Parallelism = lanes,
            Checkpoints = checkpoints with { Require = SinkGuarantee.ExactlyOnce },
            Restart = RestartStrategy.None,
            Loggers = new RestoreLog(),
        });
        await log.WriteLineAsync(Started);
        await job.Completion;
    }
}
