namespace StreamKit.Tests.Oracle;

/// <summary>The oracle of joins says what one can work out on paper.</summary>
public class OracleJoinTests
{
    private static readonly OracleElement<int, int> s_left = new(1, 3, 100);
    private static readonly OracleElement<int, int> s_right = new(1, 7, 200);
    private static readonly OracleWindow s_window = new(0, 10);

    [Fact]
    public void APairIsSaidWhenItsWindowIsComplete()
    {
        var oracle = new OracleJoin(OracleJoinKind.Inner, OracleShape.Tumbling(10), lateness: 0);

        Assert.Empty(oracle.Add(s_left, isLeft: true));
        Assert.Empty(oracle.Add(s_right, isLeft: false));
        Assert.Empty(oracle.Advance(9));
        Assert.Equal([OracleJoin.Pair(s_window, s_left, s_right)], oracle.Advance(10));
        Assert.Empty(oracle.Advance(OracleTime.Max));
    }

    [Fact]
    public void ALatePairIsSaidAtOnceAndARecordAloneAtTheEnd()
    {
        var oracle = new OracleJoin(OracleJoinKind.Left, OracleShape.Tumbling(10), lateness: 5);
        var alone = new OracleElement<int, int>(2, 4, 300);
        oracle.Add(s_left, isLeft: true);
        oracle.Add(alone, isLeft: true);

        Assert.Empty(oracle.Advance(10));
        Assert.Equal([OracleJoin.Pair(s_window, s_left, s_right)], oracle.Add(s_right, isLeft: false));
        Assert.Equal([OracleJoin.Alone(s_window, alone, isLeft: true)], oracle.Advance(15));
        Assert.Empty(oracle.Add(s_right, isLeft: false));
        Assert.Single(oracle.Late);
    }

    [Fact]
    public void AGroupIsSaidOnceWithBothLists()
    {
        var oracle = new OracleJoin(OracleJoinKind.CoGroup, OracleShape.Tumbling(10), lateness: 5);
        oracle.Add(s_left, isLeft: true);

        Assert.Empty(oracle.Advance(10));
        Assert.Empty(oracle.Add(s_right, isLeft: false));
        Assert.Equal([OracleJoin.Group(s_window, 1, [s_left], [s_right])], oracle.Advance(15));
    }
}
