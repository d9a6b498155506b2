using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>The step that ranks the results of each window.</summary>
internal sealed class RankingNode<TKey, TValue, TRank>
    : RecordsNode<WindowRanking<TKey, TValue>>, IConsumer<Batch<WindowResult<TKey, TValue>>>
    where TKey : notnull
{
    private readonly int _count;
    private readonly Func<WindowResult<TKey, TValue>, TRank> _by;

    public RankingNode(
        StreamNode<Batch<WindowResult<TKey, TValue>>> input,
        int count,
        Func<WindowResult<TKey, TValue>, TRank> by)
        : base("top-k", input)
    {
        (_count, _by) = (count, by);
        input.Connect(this);
    }

    // Whatever comes in, a ranking goes out whole and is never taken back.
    public override WindowOptions? Results => Inputs[0].Results is { } results
        ? results with { Mode = PaneMode.Accumulating }
        : null;

    public Receiver<Batch<WindowResult<TKey, TValue>>> Open(Wiring wiring)
    {
        var options = new RankingOptions<TKey, TValue, TRank>(_count, _by)
        {
            LatenessTicks = Inputs[0].Results?.LatenessTicks ?? 0,
            // Where a trigger decides, each change of the windows is ranked as soon as it has come.
            EarlyEveryTicks = Inputs[0].Results is { Early: not null } ? 0 : Inputs[0].Results?.EarlyEveryTicks,
            KeysRepeat = Inputs[0].Results?.CanRepeat ?? true,
        };
        return new RankingOperator<TKey, TValue, TRank>(options, Downstream(wiring), wiring.ContextOf(this));
    }

    public override IEnumerable<string> Validate()
    {
        if (Inputs[0].Results is { CanRepeat: true, Mode: PaneMode.Discarding })
        {
            yield return $"'{Name}' ranks windows whose results each cover a part of the records only: "
                + "use Panes(PaneMode.Accumulating) before it.";
        }
    }
}
