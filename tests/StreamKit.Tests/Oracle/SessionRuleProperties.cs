using FsCheck.Xunit;
using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

[Properties(Arbitrary = [typeof(StreamArbitraries)], MaxTest = 500)]
public class SessionRuleProperties
{
    [Property]
    public void TheHalfOpenRuleDoesNotDependOnArrivalOrder(StreamCase stream) =>
        AssertOrderIndependent(stream, SessionRule.HalfOpen);

    [Property]
    public void TheGapInclusiveRuleDoesNotDependOnArrivalOrder(StreamCase stream) =>
        AssertOrderIndependent(stream, SessionRule.GapInclusive);

    [Property]
    public void TheHalfOpenRuleIsTheOneOfTheOracle(StreamCase stream)
    {
        var elements = stream.Elements.Select(e => e with { Key = 0 });
        var sessions = OracleBatch.Windows(elements, OracleShape.Session(stream.Shape.Size));

        Assert.Equal(
            sessions.Select(s => (s.Key.Window, s.Value.Count)),
            SessionRuleModel.Batch(elements.Select(e => e.Timestamp), stream.Shape.Size, SessionRule.HalfOpen));
    }

    private static void AssertOrderIndependent(StreamCase stream, SessionRule rule)
    {
        var model = new SessionRuleModel(stream.Shape.Size, rule);
        long greatest = OracleTime.Min;
        foreach (OracleElement<int, int> element in stream.Elements)
        {
            model.Element(element.Timestamp);
            greatest = Math.Max(greatest, element.Timestamp);
            model.Watermark(OracleTime.Subtract(greatest, stream.Bound));
        }

        model.Watermark(OracleTime.Max);
        Assert.Equal(0, model.Dropped);
        Assert.Equal(
            SessionRuleModel.Batch(stream.Elements.Select(e => e.Timestamp).Order(), stream.Shape.Size, rule),
            model.Closed);
    }
}
