// Counts words per minute in a file, in a process that is killed again and again, and shows that nothing is lost and
// nothing counts twice.
//   dotnet run -c Release --project samples/SurviveACrash [kills]
using System.Diagnostics;
using System.Globalization;
using StreamKit;
using StreamKit.Connectors;
using StreamKit.Files;

const int Lines = 600_000;

if (args is ["work", var place])
{
    await CountAsync(place);
    return 0;
}

int kills = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
string folder = Directory.CreateTempSubdirectory("survive-a-crash").FullName;
try
{
    WriteInput(Path.Combine(folder, "in.txt"));
    Console.WriteLine($"{Lines} lines to count.");
    int killed = await RunUntilDoneAsync(folder, kills);
    return Report(folder, killed);
}
finally
{
    Directory.Delete(folder, recursive: true);
}

// What a user would write: everything that remembers has a name, and the job says where its checkpoints are.
static async Task CountAsync(string folder)
{
    StreamBuilder builder = StreamBuilder.Create("words");
    builder.From(FileSource.Lines(Path.Combine(folder, "in.txt")), "lines")
        .WithEventTime(line => TimeOf(line), Watermarks.BoundedOutOfOrderness(TimeSpan.Zero))
        .Named("time")
        .KeyBy(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])
        .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)))
        .Count()
        .Named("counts")
        .Select(count => $"{count.Window.Start:HH:mm} {count.Key} {count.Value}")
        .To(
            FileSink.Lines(
                Path.Combine(folder, "out-{0:00000}.txt"), new FileSinkOptions { ExactlyOnce = true }),
            "results");

    await using StreamJob job = builder.Build().Start(new JobOptions
    {
        Checkpoints = Checkpoints.InDirectory(Path.Combine(folder, "checkpoints"), TimeSpan.FromMilliseconds(50)) with
        {
            Require = SinkGuarantee.ExactlyOnce,
        },
    });
    await job.Completion;
}

static DateTimeOffset TimeOf(string line) => DateTimeOffset.FromUnixTimeSeconds(
    long.Parse(line.AsSpan(0, line.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture));

static void WriteInput(string path)
{
    string[] words = ["stream", "window", "watermark", "pane", "barrier", "lane"];
    var random = new Random(1);
    using var file = new StreamWriter(path);
    for (int i = 0; i < Lines; i++)
    {
        file.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{1_700_000_000 + (i / 50)} {words[random.Next(words.Length)]}"));
    }
}

static async Task<int> RunUntilDoneAsync(string folder, int kills)
{
    var random = new Random(2);
    for (int killed = 0; ; killed++)
    {
        string self = typeof(Program).Assembly.Location;
        using Process child = Process.Start(new ProcessStartInfo("dotnet", [self, "work", folder]))!;
        int before = FilesIn(folder);
        while (killed < kills && !child.HasExited && FilesIn(folder) == before)
        {
            await Task.Delay(20);
        }

        await Task.Delay(random.Next(killed < kills ? 150 : 1));
        if (killed < kills && !child.HasExited)
        {
            child.Kill();
            await child.WaitForExitAsync();
            Console.WriteLine($"killed; {FilesIn(folder)} files are complete");
            continue;
        }

        await child.WaitForExitAsync();
        return child.ExitCode == 0 ? killed : throw new InvalidOperationException($"It ended with {child.ExitCode}.");
    }
}

static int FilesIn(string folder) => Directory.GetFiles(folder, "out-*.txt").Length;

static int Report(string folder, int killed)
{
    List<string> results = [.. Directory.GetFiles(folder, "out-*.txt").Order().SelectMany(File.ReadLines)];
    long counted = results.Sum(static line =>
        long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    bool isRight = counted == Lines && results.Count == results.Distinct().Count();
    Console.WriteLine($"Killed {killed} times, counted {counted} of {Lines} lines in {results.Count} results: "
        + (isRight ? "nothing is lost, nothing counts twice." : "that is wrong."));
    return isRight ? 0 : 1;
}
