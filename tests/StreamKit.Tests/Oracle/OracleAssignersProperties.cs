using FsCheck;
using FsCheck.Xunit;
using StreamKit.Tests.Generators;

namespace StreamKit.Tests.Oracle;

[Properties(Arbitrary = [typeof(StreamArbitraries)], MaxTest = 500)]
public class OracleAssignersProperties
{
    [Property]
    public void AWindowBelongsToAnElementExactlyWhenItIsOnTheGridAndContainsIt(OracleShape shape, short timestamp)
    {
        if (shape.Kind == OracleShapeKind.Session)
        {
            return;
        }

        IEnumerable<OracleWindow> expected = Enumerable.Range(timestamp - 20, 41)
            .Where(start => (start - shape.Offset) % shape.Slide == 0)
            .Select(start => new OracleWindow(start, start + shape.Size))
            .Where(window => window.Contains(timestamp));
        Assert.Equal(expected, OracleAssigners.Assign(shape, timestamp));
    }

    [Property]
    public void EveryWindowContainsItsElementHoweverFarOut(OracleShape shape, DoNotSize<long> timestamp)
    {
        if (shape.Kind == OracleShapeKind.Session || timestamp.Item is OracleTime.Min or OracleTime.Max)
        {
            return;
        }

        IReadOnlyList<OracleWindow> windows = OracleAssigners.Assign(shape, timestamp.Item);
        Assert.All(windows, window => Assert.True(window.Contains(timestamp.Item)));
        Assert.InRange(windows.Count, shape.Size / shape.Slide, (shape.Size / shape.Slide) + 1);
    }

    [Property]
    public void HoppingByItsOwnSizeIsTumbling(short timestamp, PositiveInt size, short offset) =>
        Assert.Equal(
            [OracleAssigners.Tumbling(timestamp, size.Item, offset)],
            OracleAssigners.Hopping(timestamp, size.Item, size.Item, offset));
}
