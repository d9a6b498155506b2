using StreamKit.Diagnostics;
using StreamKit.Graph;
using StreamKit.Runtime;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit;

/// <summary>
/// Puts together, from what a job publishes while it runs, why an operator's windows have not closed.
/// </summary>
/// <remarks>It reads numbers that the subtasks write for themselves; nothing is stopped or asked.</remarks>
internal sealed class JobExplainer(IReadOnlyList<StreamNode> nodes, JobSupervisor job, JobSettings settings)
{
    // Shorter pauses are the rhythm of any live source, and of any sink.
    private const long NoticeableTicks = TimeSpan.TicksPerSecond;

    /// <summary>The operators that can be asked for.</summary>
    public IReadOnlyList<string> Names => [.. nodes
        .Select(static node => node.Name)
        .Where(name => Readings(name).Any())];

    public OperatorExplanation Explain(string name)
    {
        StreamNode? node = nodes.FirstOrDefault(node => node.Name == name);
        if (node is null || !Readings(name).Any())
        {
            string known = string.Join(", ", Names.Select(static known => $"'{known}'"));
            throw new ArgumentException(
                $"The job '{settings.JobName}' has no operator '{name}' that could be asked. It has: {known}.",
                nameof(name));
        }

        long now = settings.Clock.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        (Subtask Subtask, OperatorCounters Counters)[] lanes = [.. Readings(name)];
        long closesAt = lanes.Min(static lane => lane.Counters.NextEnd);
        OperatorCounters next = lanes.First(lane => lane.Counters.NextEnd == closesAt).Counters;
        var times = TimeSteps(node).ToList();
        long own = WatermarkOf(node);
        long made = MadeBy(times);
        Finding finding = Find(node, own, made, closesAt, times, now);

        // An operator is sent only the watermarks that can change something, so where the exact one closes no window it
        // is as good as here.
        long watermark = made < closesAt ? Math.Max(own, made) : own;
        return new OperatorExplanation(name, Instant(now))
        {
            Watermark = new Timestamp(watermark),
            ClosesAt = closesAt == long.MaxValue ? null : new Timestamp(closesAt),
            NextWindow = WindowOf(next.NextStart, closesAt),
            Lanes = [.. lanes.Select(static lane => Describe(lane.Subtask, lane.Counters))],
            Splits = [.. times.SelectMany(step => SplitsOf(step.Name)
                .Select(split => new SplitExplanation(step.Name, split)))],
            Reason = finding.Reason,
            Since = finding.Since == long.MinValue ? null : Instant(finding.Since),
            HeldBackBy = finding.Split is { } held ? new SplitExplanation(finding.Step!.Name, held) : null,
            Chain = ChainOf(node, finding),
            BlockedBy = finding.BlockedBy,
            AlignmentGroup = finding.Group?.Name,
            SlowestOfGroup = finding.Group?.FindSlowest()?.Split is { } slowest
                ? $"{slowest.Source}/{slowest.Split}"
                : null,
            Cure = CureOf(finding, times),
        };
    }

    private static LaneExplanation Describe(Subtask subtask, OperatorCounters counters) =>
        new(counters.Subtask, counters.Watermark)
        {
            ClosesAt = counters.NextEnd == long.MaxValue ? null : new Timestamp(counters.NextEnd),
            NextWindow = WindowOf(counters.NextStart, counters.NextEnd),
            QueueDepth = subtask.QueueDepth,
            BlockedSince = subtask.BlockedSince is var since and not long.MinValue ? Instant(since) : null,
        };

    private static Window? WindowOf(long start, long end) =>
        start == long.MinValue || end == long.MaxValue || end <= start ? null : Window.OfTicks(start, end);

    private static DateTimeOffset Instant(long ticks) => new Timestamp(ticks).ToDateTimeOffset();

    private Finding Find(
        StreamNode node, long watermark, long made, long closesAt, List<StreamNode> times, long now)
    {
        if (times.Count == 0)
        {
            return new Finding(WaitReason.NoEventTime);
        }

        if (watermark == long.MaxValue)
        {
            return new Finding(WaitReason.Finished);
        }

        if (closesAt != long.MaxValue && made >= closesAt)
        {
            return new Finding(WaitReason.OnItsWay) { BlockedBy = SlowestBehind(node) };
        }

        if (HoldingSplit(times) is not var (step, split))
        {
            bool anySplit = made != long.MinValue || times.Any(time => SplitsOf(time.Name).Count > 0);
            long since = times.SelectMany(time => SplitsOf(time.Name)).Select(static s => s.IdleSince)
                .DefaultIfEmpty(long.MinValue).Max();
            return new Finding(anySplit ? WaitReason.AllIdle : WaitReason.NoRecordYet) { Since = since };
        }

        int active = times.Sum(time => SplitsOf(time.Name).Count(static s => s.IdleSince == long.MinValue));
        Finding held = FindCause(step, split, now) with { HasOthers = active > 1 };
        bool nothingOpen = node.ClosesWindows && closesAt == long.MaxValue
            && node.WatermarkGranularity is not null
            && Readings(node.Name).Sum(static lane => lane.Counters.OpenWindows) == 0
            && held.Reason is WaitReason.SlowSplit or WaitReason.SilentSplit;
        return nothingOpen ? held with { Reason = WaitReason.NothingOpen } : held;
    }

    private Finding FindCause(StreamNode step, SplitStatus split, long now)
    {
        var finding = new Finding(WaitReason.SlowSplit) { Step = step, Split = split };
        if (split.HeldSince != long.MinValue)
        {
            return finding with
            {
                Reason = WaitReason.HeldByAlignment,
                Since = split.HeldSince,
                Group = GroupThatHolds(split),
            };
        }

        StreamNode? source = nodes.FirstOrDefault(node => node.Name == split.Source);
        long blocked = source is null ? long.MinValue : BlockedSince(source, step);
        if (blocked != long.MinValue && now - blocked >= NoticeableTicks)
        {
            return finding with
            {
                Reason = WaitReason.BackPressure,
                Since = blocked,
                BlockedBy = SlowestBehind(source!), // Not null where it is blocked.
            };
        }

        long heard = split.HeardAt;
        if (split.Watermark == long.MinValue)
        {
            return heard == long.MinValue
                ? finding with { Reason = WaitReason.NoRecordYet, Since = split.StartedAt }
                : finding with { Reason = WaitReason.NoWatermarkYet, Since = heard };
        }

        long last = Math.Max(heard, split.StartedAt);
        return now - last >= NoticeableTicks
            ? finding with { Reason = WaitReason.SilentSplit, Since = last }
            : finding with { Since = last };
    }

    // As SEMANTICS has it: the lowest of the active splits that are not rejoining; those that rejoin hold nobody, but
    // when all do, time waits for the first of them to catch up.
    private (StreamNode Step, SplitStatus Split)? HoldingSplit(List<StreamNode> times)
    {
        (StreamNode Step, SplitStatus Split)[] active = [.. times.SelectMany(step => SplitsOf(step.Name)
            .Where(static split => split.IdleSince == long.MinValue)
            .Select(split => (step, split)))];
        (StreamNode Step, SplitStatus Split)[] aligned =
            [.. active.Where(each => each.Split.Watermark >= WatermarkOf(each.Step))];
        return aligned.Length > 0 ? aligned.MinBy(static each => each.Split.Watermark)
            : active.Length > 0 ? active.MaxBy(static each => each.Split.Watermark)
            : null;
    }

    private AlignmentGroup? GroupThatHolds(SplitStatus split) => nodes
        .Select(static node => node.TimeOptions?.AlignmentGroup)
        .OfType<string>()
        .Distinct()
        .Select(job.Runner.FindGroup)
        .OfType<AlignmentGroup>()
        .Where(group => group.Holds(split.Source, split.Split))
        .FirstOrDefault();

    private static string? CureOf(Finding finding, List<StreamNode> times)
    {
        if (finding.Reason is not (WaitReason.SilentSplit or WaitReason.NoRecordYet or WaitReason.AllIdle))
        {
            return null;
        }

        WatermarkOptions options = (finding.Step ?? times[0]).TimeOptions!.Value; // All of them give event time.
        bool others = finding.Reason != WaitReason.AllIdle && finding.HasOthers;
        return others && options.IdlenessTicks is null ? "WithIdleness"
            : !others && finding.Reason != WaitReason.NoRecordYet && options.SilenceTicks is null ? "AdvanceWhenSilent"
            : null;
    }

    // The lowest of the steps that are not idle, or the highest of the idle ones: what all of them together say.
    private long MadeBy(List<StreamNode> times)
    {
        (long Watermark, bool IsIdle)[] made = [.. times.Select(step =>
        {
            long watermark = WatermarkOf(step);
            bool isIdle = watermark is not (long.MinValue or long.MaxValue)
                && SplitsOf(step.Name).All(static split => split.IdleSince != long.MinValue);
            return (watermark, isIdle);
        })];
        return made.Any(static step => !step.IsIdle)
            ? made.Where(static step => !step.IsIdle).Min(static step => step.Watermark)
            : made.Select(static step => step.Watermark).DefaultIfEmpty(long.MinValue).Max();
    }

    private long BlockedSince(StreamNode source, StreamNode step)
    {
        long blocked = long.MinValue;
        foreach (StreamNode node in PathUp(step, node => node == source))
        {
            foreach ((Subtask subtask, _) in Readings(node.Name))
            {
                blocked = Math.Max(blocked, subtask.BlockedSince);
            }
        }

        return blocked;
    }

    // What stands furthest down and waits itself is what all before it wait for; else what has most to do.
    private string? SlowestBehind(StreamNode from)
    {
        Subtask[] behind = [.. Descend(from)
            .SelectMany(node => Readings(node.Name))
            .Select(static reading => reading.Subtask)
            .Distinct()
            .Except(Readings(from.Name).Select(static reading => reading.Subtask))];
        Subtask? slow = behind.LastOrDefault(static subtask => subtask.BlockedSince != long.MinValue)
            ?? behind.LastOrDefault(subtask => subtask.QueueDepth >= settings.ChannelCapacity);
        return slow?.Name;
    }

    private static IEnumerable<StreamNode> Descend(StreamNode from)
    {
        var open = new Queue<StreamNode>(from.ConsumerNodes);
        var seen = new HashSet<StreamNode>();
        while (open.TryDequeue(out StreamNode? node))
        {
            if (seen.Add(node))
            {
                yield return node;
                foreach (StreamNode next in node.ConsumerNodes)
                {
                    open.Enqueue(next);
                }
            }
        }
    }

    private static List<string> ChainOf(StreamNode node, Finding finding)
    {
        if (finding.Step is null)
        {
            return [node.Name];
        }

        List<StreamNode> toStep = PathUp(node, candidate => candidate == finding.Step);
        List<StreamNode> toSource = PathUp(finding.Step, candidate => candidate.Name == finding.Split!.Source);
        return [.. toStep.Concat(toSource.Skip(1)).Select(static each => each.Name)];
    }

    // The shortest way up to the first step that is meant; just the start where there is none.
    private static List<StreamNode> PathUp(StreamNode from, Func<StreamNode, bool> isMeant)
    {
        var open = new Queue<List<StreamNode>>([[from]]);
        var seen = new HashSet<StreamNode>();
        while (open.TryDequeue(out List<StreamNode>? path))
        {
            if (isMeant(path[^1]))
            {
                return path;
            }

            foreach (StreamNode origin in path[^1].Origins.Where(seen.Add))
            {
                open.Enqueue([.. path, origin]);
            }
        }

        return [from];
    }

    // The nearest on every way up.
    private static IEnumerable<StreamNode> TimeSteps(StreamNode node)
    {
        var open = new Stack<StreamNode>([node]);
        var seen = new HashSet<StreamNode>();
        while (open.TryPop(out StreamNode? next))
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (next.TimeOptions is not null)
            {
                yield return next;
                continue;
            }

            foreach (StreamNode origin in next.Origins)
            {
                open.Push(origin);
            }
        }
    }

    // A step that looks at no watermark has that of the steps before it.
    private long WatermarkOf(StreamNode node)
    {
        long own = Readings(node.Name)
            .Select(static lane => lane.Counters.Watermark)
            .DefaultIfEmpty(long.MinValue)
            .Min();
        bool looks = node.ClosesWindows || node.TimeOptions is not null;
        return own != long.MinValue || looks || node.Origins.Count == 0 ? own : node.Origins.Min(WatermarkOf);
    }

    private IReadOnlyList<SplitStatus> SplitsOf(string step) =>
        [.. Readings(step).SelectMany(static lane => lane.Counters.Splits)];

    private IEnumerable<(Subtask Subtask, OperatorCounters Counters)> Readings(string name) =>
        from subtask in job.Runner.Subtasks
        from counters in subtask.Counters
        where counters.Name == name
        select (subtask, counters);

    private sealed record Finding(WaitReason Reason)
    {
        public long Since { get; init; } = long.MinValue;

        public StreamNode? Step { get; init; }

        public SplitStatus? Split { get; init; }

        public string? BlockedBy { get; init; }

        public AlignmentGroup? Group { get; init; }

        public bool HasOthers { get; init; }
    }
}
