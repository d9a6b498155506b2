using StreamKit.Workloads.Data;
using StreamKit.Workloads.Floors;

namespace StreamKit.Workloads;

/// <summary>The seven workloads by name.</summary>
internal static class WorkloadCatalog
{
    // In steady state nothing is allocated per event; the fraction leaves room for what happens once per window.
    private const double SteadyBytesPerEvent = 0.3;

    // A joined row that is an object or lies in a growing list; half a row comes out per event.
    private const double JoinedRowBytesPerEvent = 16;

    // The tables of the floors take up to 1.5 MB; an engine has batches on the way besides.
    private const long SetUpBytes = 4 << 20;

    // A table for some ten thousand string keys that grows by doubling, and the join's tables for one window.
    private const long LargeTableBytes = 24 << 20;

    // The ratios below are about a third of what a million events showed on two shared cores: a gate that a neighbour
    // on the machine can fail is soon ignored, and what makes an engine three times slower is seen all the same.
    public static IReadOnlyList<string> Names { get; } = ["W1", "W2", "W3", "W4", "W5", "W6", "W7"];

    /// <summary>Generates the input of a workload. The same name and count give the same input everywhere.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="events">How many events; W7 has half of them, rounded down, on each side.</param>
    /// <exception cref="ArgumentException">There is no workload of this name.</exception>
    public static Workload Create(string name, int events)
    {
        var steady = new AllocationBound(SteadyBytesPerEvent, SetUpBytes);
        return name switch
        {
            "W1" => new SingleInputWorkload<Event>(
                name, W1Generator.Generate(events), W1Floor.Run, steady, leastRatio: 0.06),
            "W2" => new SingleInputWorkload<TextEvent>(
                name, W2Generator.Generate(events), W2Floor.Run, new(SteadyBytesPerEvent, LargeTableBytes), 0.17),
            "W3" => new SingleInputWorkload<Event>(
                name, W3Generator.Generate(events), W3Floor.Run, steady, leastRatio: 0.10),
            "W4" => new SingleInputWorkload<Event>(
                name, W4Generator.Generate(events), W4Floor.Run, steady, leastRatio: 0.12),
            "W5" => new SingleInputWorkload<Event>(
                name, W5Generator.Generate(events), W5Floor.Run, steady, leastRatio: 0.14),
            "W6" => new SingleInputWorkload<TweetRecord>(
                name, W6Generator.Generate(events), W6Floor.Run, steady, leastRatio: 0.12),
            "W7" => new JoinWorkload(
                name,
                W7Generator.GenerateLeft(events / 2),
                W7Generator.GenerateRight(events / 2),
                new(JoinedRowBytesPerEvent, LargeTableBytes),
                leastRatio: 0.13),
            _ => throw new ArgumentException($"there is no workload '{name}'", nameof(name)),
        };
    }
}
