using System.Net;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>Many clients at a time, and less room than they need.</summary>
public class LoadTests
{
    private const int Clients = 64;
    private const int PerClient = 160;

    [Fact]
    public async Task TenThousandRequestsThatTryAgainWhenRefusedLoseAndDoubleNothing()
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        var options = new HttpIngestOptions { QueueCapacity = 50 };
        await using IngestSite site = await IngestSite.StartAsync(options);
        int refused = 0;

        // While the first refusals have not come nobody reads, so that there are some whatever the machine does.
        var full = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(client => Task.Run(
            async () =>
            {
                for (int i = 0; i < PerClient; i++)
                {
                    string body = Line(client, 2 * i) + Line(client, (2 * i) + 1);
                    while (true)
                    {
                        using HttpResponseMessage answer = await site.PostAsync(body, IngestSite.Lines);
                        if (answer.StatusCode == HttpStatusCode.Accepted)
                        {
                            break;
                        }

                        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
                        Interlocked.Increment(ref refused);
                        full.TrySetResult();
                    }
                }
            },
            token))];
        await full.Task.WaitAsync(token);
        var hits = new List<Hit>();
        while (hits.Count < Clients * PerClient * 2)
        {
            Assert.InRange(site.Ingest.Waiting, 0, 50);
            hits.AddRange(await site.Driver!.Split.ReadAsync(token));
        }

        await Task.WhenAll(clients);
        Assert.True(refused > 0);
        Assert.Equal(0, site.Ingest.Waiting);

        // A client that waits for each answer is heard in its order, each pair in one piece.
        foreach (IGrouping<string, Hit> client in hits.GroupBy(hit => hit.Page))
        {
            Assert.Equal(Enumerable.Range(0, PerClient * 2), client.Select(hit => hit.Ms));
        }
    }

    private static string Line(int client, int ms) => $$"""{"page":"{{client}}","ms":{{ms}}}""" + "\n";
}
