// Counts words in windows and writes them exactly once, and is killed again and again to show it.
//
//   dotnet run -c Release --project tests/StreamKit.Crash -- --kills 200 [--lanes 1] [--seed 1]
//
// starts itself as a process, kills that (SIGKILL) at random moments until the work is done, and compares what is
// visible, after every kill and in the end, with what a run writes that nobody disturbs.
using System.Globalization;
using StreamKit.Crash;

if (args is ["count", var folder, var lanes, var pause])
{
    await WordCount.RunAsync(folder, Number(lanes), TimeSpan.FromMilliseconds(Number(pause)), Console.Out);
    return 0;
}

CrashReport report = await new CrashRun
{
    Kills = Option("--kills", 200),
    Lanes = Option("--lanes", 1),
    Seed = Option("--seed", 1),
    Log = Console.Out,
}.RunAsync(CancellationToken.None);
Console.WriteLine(report);
return 0;

int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is var at and >= 0 ? Number(args[at + 1]) : otherwise;

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
