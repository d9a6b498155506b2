using System.Text.Json;

namespace StreamKit.Http.Tests.Output;

/// <summary>Who reads slowly loses frames and hears of it; nobody else does.</summary>
public class SlowClientTests
{
    // Together more than all buffers between the two ends of a connection.
    private const int Frames = 400;
    private static readonly string s_page = new('x', 100_000);

    [Fact]
    public async Task ASlowClientIsToldHowMuchItHasMissedAndSlowsNobody()
    {
        await using OutputSite site = await OutputSite.StartAsync(new HttpOutputOptions { ClientFrames = 4 });
        using EventClient slow = await site.ListenAsync();
        using EventClient fast = await site.ListenAsync();
        for (int i = 1; i <= Frames; i++)
        {
            // Each write returns although one of the two does not read.
            await site.WriteAsync(new PageCount(s_page, i));
            Assert.Equal(i, CountOf((await fast.NextAsync())!));
        }

        Assert.True(site.Output.DroppedFrames > 0);
        long received = 0;
        long missed = 0;
        long last = 0;
        while (last < Frames)
        {
            string next = (await slow.NextAsync())!;
            if (next.StartsWith("dropped ", StringComparison.Ordinal))
            {
                missed += JsonElement.Parse(next["dropped ".Length..]).GetProperty("frames").GetInt64();
            }
            else
            {
                received++;
                Assert.True(CountOf(next) > last);
                last = CountOf(next);
            }
        }

        Assert.Equal(Frames, received + missed);
        Assert.Equal(missed, site.Output.DroppedFrames);
    }

    [Fact]
    public async Task WhereRecordsHaveKeysASlowClientGetsTheNewestOfAllInTheEnd()
    {
        await using OutputSite site = await OutputSite.StartKeyedAsync(new HttpOutputOptions { ClientFrames = 4 });
        using EventClient slow = await site.ListenAsync();
        await site.WriteAsync(new PageCount("once", 7));
        for (int i = 1; i <= Frames; i++)
        {
            await site.WriteAsync(new PageCount(s_page, i));
        }

        Assert.True(site.Output.DroppedFrames > 0);
        var latest = new Dictionary<string, long>();
        bool caughtUp = false;
        while (!latest.TryGetValue(s_page, out long count) || count < Frames)
        {
            string next = (await slow.NextAsync())!;
            if (next.StartsWith("snapshot ", StringComparison.Ordinal))
            {
                caughtUp = true;
                latest.Clear();
                next = next["snapshot ".Length..];
            }

            foreach (JsonElement each in JsonElement.Parse(next).EnumerateArray())
            {
                latest[each.GetProperty("page").GetString()!] = each.GetProperty("count").GetInt64();
            }
        }

        Assert.True(caughtUp);
        Assert.Equal(7, latest["once"]);
    }

    private static long CountOf(string frame) => JsonElement.Parse(frame)[0].GetProperty("count").GetInt64();
}
