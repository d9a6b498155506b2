using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that fills windows that close without a result.</summary>
internal sealed class FillGapsNode<TKey, TValue>
    : RecordsNode<WindowResult<TKey, TValue>>, IConsumer<KeyedBatch<TKey, WindowResult<TKey, TValue>>>
{
    // As many as windows that a record may be in; more for one key would be a mistake in the arguments.
    private const long MostFills = 100_000;

    private readonly long _seenWithinTicks;
    private readonly Func<WindowResult<TKey, TValue>, Window, TValue> _fill;

    public FillGapsNode(
        StreamNode<KeyedBatch<TKey, WindowResult<TKey, TValue>>> input,
        long seenWithinTicks,
        Func<WindowResult<TKey, TValue>, Window, TValue> fill)
        : base("fill-gaps", input)
    {
        (_seenWithinTicks, _fill) = (seenWithinTicks, fill);
        input.Connect(this);
    }

    public override bool ClosesWindows => true;

    private HoppingAssigner? Windows => Results?.Assigner as HoppingAssigner;

    // Validated before anything is opened, so the windows are known.
    public Receiver<KeyedBatch<TKey, WindowResult<TKey, TValue>>> Open(Wiring wiring) =>
        new FillGapsOperator<TKey, TValue>(
            new GapOptions<TKey, TValue>(Windows!, _seenWithinTicks, _fill)
            {
                LatenessTicks = Results!.LatenessTicks,
                Retracts = Results.Mode == PaneMode.Retracting,
            },
            Downstream(wiring),
            wiring.ContextOf(this));

    public override IEnumerable<string> Validate()
    {
        if (Windows is not { } windows)
        {
            yield return $"'{Name}' fills the gaps between windows of one size, but its input is not the results of "
                + "Tumbling or Hopping windows: call FillGaps on such results, before Merge and AsAppend.";
            yield break;
        }

        if (_seenWithinTicks < windows.EveryTicks)
        {
            yield return $"'{Name}' would never fill a window: a key must have been seen within "
                + $"{new TimeSpan(_seenWithinTicks)}, and windows are {new TimeSpan(windows.EveryTicks)} apart.";
        }

        if (_seenWithinTicks / windows.EveryTicks > MostFills)
        {
            yield return $"'{Name}' would fill up to {_seenWithinTicks / windows.EveryTicks} windows after the last "
                + $"result of every key, and more than {MostFills} are not allowed: shorten seenWithin.";
        }

        if (Results is { CanRepeat: true, Mode: PaneMode.Discarding })
        {
            yield return $"'{Name}' cannot tell gaps in windows whose results each cover a part of the records only: "
                + "use Panes(PaneMode.Accumulating) or Panes(PaneMode.Retracting) before it.";
        }
    }
}
