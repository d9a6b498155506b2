using StreamKit.Connectors;
using StreamKit.Records;

namespace StreamKit.Tests.Connectors;

public class MemorySourceTests
{
    public static TheoryData<string> Kinds => ["array", "list", "sequence"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task PositionsLeadBackToTheSameRecords(string kind)
    {
        for (int position = 0; position <= 10; position++)
        {
            await using ISplitReader<int> reader = await OpenAsync(Numbers(kind));
            await reader.SeekAsync($"{position}", TestContext.Current.CancellationToken);
            Assert.Equal($"{position}", reader.Position);
            Assert.Equal(Enumerable.Range(position, 10 - position), await ReadToEndAsync(reader));
            Assert.Equal("10", reader.Position);
        }
    }

    [Theory]
    [InlineData("array", "11")]
    [InlineData("list", "11")]
    [InlineData("array", "-1")]
    [InlineData("list", "one")]
    [InlineData("sequence", "one")]
    [InlineData("sequence", "11")]
    [InlineData("sequence", "")]
    public async Task WhatIsNoPositionIsRefusedAtOnce(string kind, string position)
    {
        await using ISplitReader<int> reader = await OpenAsync(Numbers(kind));
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await reader.SeekAsync(position, TestContext.Current.CancellationToken));
        Assert.Contains($"'{position}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task RecordsComeInOrderThroughAJob(string kind)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        Assert.Equal(
            Enumerable.Range(0, 10),
            await Numbers(kind).ToDataStream().ReadAllAsync(new JobOptions { BatchSize = 3 }, token)
                .ToListAsync(token));
    }

    [Fact]
    public void WhatIsInMemoryCanBeReplayedAndALazySequenceCannot()
    {
        Assert.Equal(Replayability.Full, new EnumerableSource<int>([1]).Replayability);
        Assert.Equal(Replayability.Full, new EnumerableSource<int>(new List<int>()).Replayability);
        Assert.Equal(Replayability.None, new EnumerableSource<int>(Numbers("sequence")).Replayability);
    }

    [Fact]
    public async Task AnArrayOfADerivedTypeIsASourceOfItsBase()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        IEnumerable<object> texts = (string[])["a", "b"];
        Assert.Equal(["a", "b"], await texts.ToDataStream().ReadAllAsync(token).ToListAsync(token));
        Assert.Equal(
            ["a", "b"], await ((int[])[1]).ToDataStream().SelectMany(_ => texts).ReadAllAsync(token)
                .ToListAsync(token));
    }

    [Fact]
    public async Task ALazySequenceIsDisposedAtItsEndAndWhenTheJobStops()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        int disposed = 0;
        await Tracked(10).ToDataStream().ReadAllAsync(token).ToListAsync(token);
        Assert.Equal(1, disposed);
        await foreach (int _ in Tracked(int.MaxValue).ToDataStream().ReadAllAsync(token))
        {
            break;
        }

        Assert.Equal(2, disposed);

        IEnumerable<int> Tracked(int count)
        {
            try
            {
                for (int i = 0; i < count; i++)
                {
                    yield return i;
                }
            }
            finally
            {
                disposed++;
            }
        }
    }

    private static IEnumerable<int> Numbers(string kind) => kind switch
    {
        "array" => Enumerable.Range(0, 10).ToArray(),
        "list" => Enumerable.Range(0, 10).ToList(),
        _ => Lazily(),
    };

    private static IEnumerable<int> Lazily()
    {
        for (int i = 0; i < 10; i++)
        {
            yield return i;
        }
    }

    private static async Task<ISplitReader<int>> OpenAsync(IEnumerable<int> numbers) =>
        (await new EnumerableSource<int>(numbers).OpenAsync(null!, TestContext.Current.CancellationToken)).Single();

    private static async Task<List<int>> ReadToEndAsync(ISplitReader<int> reader)
    {
        List<int> read = [];
        var pool = new BatchPool<int>(3);
        while (true)
        {
            Batch<int> batch = pool.Rent();
            bool more =
                await reader.ReadAsync(new RecordBuffer<int>().Over(batch), TestContext.Current.CancellationToken);
            read.AddRange(batch.Values[..batch.Count]);
            if (!more)
            {
                return read;
            }
        }
    }
}
