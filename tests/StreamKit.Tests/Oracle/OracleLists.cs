using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

/// <summary>Lists of at most so many elements, each open for at most so many ticks of the clock.</summary>
internal sealed class OracleLists(int max, int within)
{
    private readonly List<(int Key, long Begun, List<OracleElement<int, int>> Content)> _open = [];
    private long _now;

    /// <summary>What was handed over, in order; elements of one list have one key.</summary>
    public List<IReadOnlyList<OracleElement<int, int>>> Results { get; } = [];

    public void Feed(StreamStep step, Func<OracleElement<int, int>, int> key)
    {
        switch (step)
        {
            case StreamStep.Batch batch:
                foreach (OracleElement<int, int> element in batch.Elements)
                {
                    Add(key(element), element);
                }

                break;
            case StreamStep.FireEarly:
                _now++;
                HandOver(list => list.Begun + within <= _now);
                break;
            case StreamStep.Watermark { Value: OracleTime.Max }:
                HandOver(_ => true);
                break;
        }
    }

    private void Add(int key, OracleElement<int, int> element)
    {
        if (_open.TrueForAll(list => list.Key != key))
        {
            _open.Add((key, _now, []));
        }

        List<OracleElement<int, int>> content = _open.Single(list => list.Key == key).Content;
        content.Add(element);
        HandOver(list => list.Content.Count == max);
    }

    private void HandOver(Predicate<(int Key, long Begun, List<OracleElement<int, int>> Content)> which)
    {
        Results.AddRange(_open.FindAll(which).Select(list => list.Content));
        _open.RemoveAll(which);
    }
}
