using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

/// <summary>A stream put into the order of event time, in the plainest way.</summary>
internal sealed class OracleOrder
{
    private readonly List<OracleElement<int, int>> _waiting = [];
    private long _watermark = OracleTime.Min;

    /// <summary>What came out, each with the watermark at which it did.</summary>
    public List<OracleElement<int, int>> Ordered { get; } = [];

    /// <summary>What was behind the watermark when it came, with that watermark.</summary>
    public List<(OracleElement<int, int> Element, long Watermark)> Late { get; } = [];

    public void Feed(StreamStep step)
    {
        if (step is StreamStep.Batch batch)
        {
            foreach (OracleElement<int, int> element in batch.Elements)
            {
                if (element.Timestamp < _watermark)
                {
                    Late.Add((element, _watermark));
                }
                else
                {
                    _waiting.Add(element);
                }
            }
        }
        else if (step is StreamStep.Watermark { Value: var watermark })
        {
            _watermark = watermark;
            Ordered.AddRange(_waiting.Where(e => e.Timestamp < watermark).OrderBy(e => e.Timestamp));
            _waiting.RemoveAll(e => e.Timestamp < watermark);
        }
    }
}
