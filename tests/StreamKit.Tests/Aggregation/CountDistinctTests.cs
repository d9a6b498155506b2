using StreamKit.Aggregation;
using StreamKit.Diagnostics;

namespace StreamKit.Tests.Aggregation;

public class CountDistinctTests
{
    [Fact]
    public void NullIsOneMoreValue() =>
        Assert.Equal(3, Aggregated.Over(["a", null, "b", null, "a"], a => a.CountDistinct(x => x), parts: 2));

    [Fact]
    public void TheLimitItselfIsAllowedAndOneMoreIsAnError()
    {
        Assert.Equal(4, Aggregated.Over([1, 2, 3, 4, 1, 4], a => a.CountDistinct(x => x, limit: 4)));
        Assert.Throws<InvalidOperationException>(() =>
            Aggregated.Over([1, 2, 3, 4, 5], a => a.CountDistinct(x => x, limit: 4)));
    }

    [Fact]
    public void PartsThatExceedTheLimitOnlyTogetherAreAnErrorWhenTheResultIsRead()
    {
        Assert.Equal(3, Aggregated.Over([1, 2, 3, 2], a => a.CountDistinct(x => x, limit: 3), parts: 2));
        Assert.Throws<InvalidOperationException>(() =>
            Aggregated.Over([1, 2, 3, 4], a => a.CountDistinct(x => x, limit: 3), parts: 2));
    }

    [Fact]
    public void BeyondTheLimitNothingMoreIsRemembered()
    {
        var values = new DistinctValues<int>(2);
        values.Add(1);
        values.Add(2);
        Assert.Throws<InvalidOperationException>(() => values.Add(3));
        values.Add(1);

        Assert.Equal(2, values.Count);
    }

    [Fact]
    public async Task ExceedingTheLimitFailsTheJobByDefault()
    {
        var failure = await Assert.ThrowsAsync<StreamException>(async () =>
        {
            await foreach (var _ in Streams.Windowed([1, 2, 3]).CountDistinct(x => x, limit: 2)
                .ReadAllAsync(TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Contains("ApproxCountDistinct", failure.ToString(), StringComparison.Ordinal);
    }

    // The record is left out and counted; what came before and after it is counted still.
    [Fact]
    public async Task ExceedingTheLimitCanBeSkipped()
    {
        List<long> results = [];
        await foreach (var result in Streams.Windowed([1, 2, 3, 1, 2]).CountDistinct(x => x, limit: 2)
            .ReadAllAsync(new JobOptions { OnError = ErrorPolicy.Skip }, TestContext.Current.CancellationToken))
        {
            results.Add(result.Value);
        }

        Assert.Equal([2], results);
    }
}
