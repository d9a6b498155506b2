using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

/// <summary>Which records of a stream go through once, in the plainest way: nothing is ever forgotten.</summary>
/// <remarks>The key of an element is its id.</remarks>
internal sealed class OracleDistinct(long within, FirstBy first)
{
    private readonly List<OracleElement<int, int>> _waiting = [];
    private long _watermark = OracleTime.Min;

    public List<OracleElement<int, int>> Passed { get; } = [];

    public List<OracleElement<int, int>> Duplicates { get; } = [];

    /// <summary>What was too far behind the watermark to be judged, with that watermark.</summary>
    public List<(OracleElement<int, int> Element, long Watermark)> Late { get; } = [];

    /// <summary>What goes through of a whole stream, known at once.</summary>
    public static IEnumerable<OracleElement<int, int>> Batch(IEnumerable<OracleElement<int, int>> all, long within)
    {
        var last = new Dictionary<int, long>();
        foreach (OracleElement<int, int> element in all.OrderBy(e => e.Timestamp))
        {
            if (!last.TryGetValue(element.Key, out long before) || element.Timestamp - before >= within)
            {
                last[element.Key] = element.Timestamp;
                yield return element;
            }
        }
    }

    public void Feed(StreamStep step)
    {
        if (step is StreamStep.Batch batch)
        {
            foreach (OracleElement<int, int> element in batch.Elements)
            {
                Take(element);
            }
        }
        else if (step is StreamStep.Watermark { Value: var watermark })
        {
            _watermark = watermark;
            foreach (OracleElement<int, int> element in
                _waiting.Where(e => e.Timestamp < watermark).OrderBy(e => e.Timestamp))
            {
                Judge(element);
            }

            _waiting.RemoveAll(e => e.Timestamp < watermark);
        }
    }

    private void Take(OracleElement<int, int> element)
    {
        if (_watermark != OracleTime.Min && element.Timestamp < _watermark - within)
        {
            Late.Add((element, _watermark));
        }
        else if (first == FirstBy.EventTime && element.Timestamp >= _watermark)
        {
            _waiting.Add(element);
        }
        else
        {
            Judge(element);
        }
    }

    private void Judge(OracleElement<int, int> element)
    {
        bool isNear = Passed.Any(p => p.Key == element.Key && Math.Abs(p.Timestamp - element.Timestamp) < within);
        (isNear ? Duplicates : Passed).Add(element);
    }
}
