using HashtagTracker.EndToEnd.Tests.Feeds;
using HashtagTracker.EndToEnd.Tests.Stores;
using HashtagTracker.Live;
using HashtagTracker.Tests.Contract;

namespace HashtagTracker.EndToEnd.Tests;

/// <summary>From every source into every sink, as a user would run it: a process, and real servers.</summary>
[Collection(SharedWorld.Name)]
public class AllPairsTests(World world)
{
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (string source in Feed.Names)
            {
                foreach (string sink in Store.Names)
                {
                    pairs.Add(source, sink);
                }
            }

            return pairs;
        }
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task WhatComesOutIsARecountOfWhatWentIn(string source, string sink)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signal that asks a program to end");
        await using Feed feed = await Feed.StartAsync(source, world);
        await using Store store = await Store.StartAsync(sink, world);
        string[] pace = source is "simulator" ? ["--speed", "max"] : [];
        await using ShownTracker tracker = await ShownTracker.StartAsync(
            0, [.. feed.Options, .. store.Options, .. WrittenPost.Windows, .. pace]);
        await feed.SendAsync();

        DateTimeOffset last = Recount.LastEnd(feed.Posts);
        DashboardSnapshot shown = await tracker.UntilAsync(
            said => said.Tweets == feed.Records && said.WindowEnd == last);
        AssertIsRecounted(feed.Posts, shown);
        await tracker.EndAsync();
        if (sink != "none")
        {
            Assert.Equal(Recount.Csv(feed.Posts), NaiveRecount.Csv(await store.ReadAsync()));
        }
    }

    private static void AssertIsRecounted(IReadOnlyList<WrittenPost> posts, DashboardSnapshot shown)
    {
        ILookup<string, (string Window, string Tag, long Count)> windows =
            Recount.Of(posts).ToLookup(row => row.Window);
        (string, string Tag, long Count)[] rows = [.. windows[Recount.Text(shown.WindowStart!.Value)]];
        Assert.Equal(rows.Length, shown.DistinctTags);
        Assert.Equal(
            rows.OrderByDescending(row => row.Count).ThenBy(row => row.Tag, StringComparer.Ordinal).Take(10)
                .Select(row => (row.Tag, row.Count)),
            shown.Top.Select(top => (top.Tag, top.Count)));
        Assert.Equal(0, shown.Late);
        foreach (TagSeries series in shown.Series)
        {
            Assert.Equal(
                shown.SeriesEnds
                    .Select(end => Recount.Text(end.AddSeconds(-WrittenPost.WindowSeconds)))
                    .Select(start => windows[start].SingleOrDefault(row => row.Tag == series.Tag).Count),
                series.Counts);
        }
    }
}
