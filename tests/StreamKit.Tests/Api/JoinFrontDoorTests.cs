namespace StreamKit.Tests.Api;

/// <summary>What is missing in an outer join is null, for classes and for values, and the compiler knows it.</summary>
public class JoinFrontDoorTests
{
    [Fact]
    public async Task APairOfTextsIsAPair() => Assert.Equal(
        ["b: 2 2.5"],
        await Lines(Texts().Join(Numbers()).Within(TimeWindows.Global()).Select((l, r) => $"{l} {r}")));

    [Fact]
    public async Task AMissingValueOnTheRightIsNull() => Assert.Equal(
        ["a: 1 0.5", "b: 2 2.5"],
        await Lines(Texts().LeftJoin(Numbers()).Within(TimeWindows.Global()).Select((l, r) => $"{l} {r ?? 0.5}")));

    [Fact]
    public async Task AMissingClassOnTheRightIsNull() => Assert.Equal(
        ["2.5 b: 2", "3.5 none"],
        await Lines(Numbers().LeftJoin(Texts()).Within(TimeWindows.Global()).Select((l, r) => $"{l} {r ?? "none"}")));

    [Fact]
    public async Task AMissingClassOnTheLeftIsNull() => Assert.Equal(
        ["b: 2 2.5", "none 3.5"],
        await Lines(Texts().RightJoin(Numbers()).Within(TimeWindows.Global()).Select((l, r) => $"{l ?? "none"} {r}")));

    [Fact]
    public async Task AMissingValueOnTheLeftIsNull() => Assert.Equal(
        ["0.5 a: 1", "2.5 b: 2"],
        await Lines(Numbers().RightJoin(Texts()).Within(TimeWindows.Global()).Select((l, r) => $"{l ?? 0.5} {r}")));

    [Fact]
    public async Task AFullJoinOfAClassAndAValueHasBothNulls() => Assert.Equal(
        ["a: 1 0.5", "b: 2 2.5", "none 3.5"],
        await Lines(Texts().FullJoin(Numbers()).Within(TimeWindows.Global())
            .Select((l, r) => $"{l ?? "none"} {r ?? 0.5}")));

    [Fact]
    public async Task AFullJoinOfAValueAndAClassHasBothNulls() => Assert.Equal(
        ["0.5 a: 1", "2.5 b: 2", "3.5 none"],
        await Lines(Numbers().FullJoin(Texts()).Within(TimeWindows.Global())
            .Select((l, r) => $"{l ?? 0.5} {r ?? "none"}")));

    [Fact]
    public async Task AFullJoinOfTwoValuesHasBothNulls() => Assert.Equal(
        ["2.5 2.5", "3.5 3.5"],
        await Lines(Numbers().FullJoin(Numbers()).Within(TimeWindows.Global())
            .Select((l, r) => $"{l ?? 0.5} {r ?? 0.5}")));

    [Fact]
    public async Task OneLambdaForEachCaseNeedsNoNull() => Assert.Equal(
        ["a: 1 alone", "b: 2 and 2.5", "nothing for 3.5"],
        await Lines(Texts().FullJoin(Numbers()).Within(TimeWindows.Global())
            .Select((l, r) => $"{l} and {r}", l => $"{l} alone", r => $"nothing for {r}")));

    [Fact]
    public async Task OneLambdaForEachCaseFitsTypesOfWhichNothingIsKnown() =>
        Assert.Equal(["(a: 1, )", "(b: 2, 2.5)"], await Lines(Outer(Texts(), Numbers())));

    private static DataStream<string> Outer<TKey, TLeft, TRight>(
        KeyedStream<TKey, TLeft> left, KeyedStream<TKey, TRight> right)
        where TKey : notnull => left.LeftJoin(right).Within(TimeWindows.Global())
            .Select((l, r) => $"({l}, {r})", l => $"({l}, )");

    private static KeyedStream<int, string> Texts() =>
        new[] { "a: 1", "b: 2" }.ToDataStream().KeyBy(text => text[3] - '0');

    private static KeyedStream<int, double> Numbers() => new[] { 2.5, 3.5 }.ToDataStream().KeyBy(number => (int)number);

    private static async Task<List<string>> Lines(DataStream<string> stream)
    {
        var lines = new List<string>();
        await foreach (string line in stream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            lines.Add(line);
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
