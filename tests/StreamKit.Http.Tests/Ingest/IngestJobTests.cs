using System.Net;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Testing;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>What was accepted comes through the job that reads, whenever it stops.</summary>
public class IngestJobTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AJobThatIsDrainedReadsAllThatWasAccepted()
    {
        const int Posts = 60;
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using IngestSite site = await IngestSite.StartAsync(ingest, reads: false);
        var sink = new GatedSink();
        await using StreamJob job = Start(ingest, sink, new JobOptions { BatchSize = 2, ChannelCapacity = 1 });
        await PostUntilAcceptedAsync(site, 0);
        await sink.Reached.WaitAsync(Token);
        for (int i = 1; i < Posts; i++)
        {
            using HttpResponseMessage answer = await site.PostAsync($$"""{"page":"p","ms":{{i}}}""");
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        // The pipeline holds a few batches, all else still waits in the queue.
        Assert.InRange(ingest.Waiting, Posts - 20, Posts);
        Task stopped = job.StopAsync(StopMode.Drain, Token);
        using HttpResponseMessage late = await site.PostAsync("""{"page":"late","ms":1}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, late.StatusCode);
        sink.Open();
        await stopped;
        Assert.Equal(Enumerable.Range(0, Posts), sink.Hits.Select(hit => hit.Ms));
        Assert.Equal(0, ingest.Waiting);
    }

    [Fact]
    public async Task WhatIsNoRecordIsReportedAlsoWhileTheJobIsDrained()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(
            HitJson.Default.Hit, new HttpIngestOptions { Malformed = MalformedRecords.ReportAndAcceptRest });
        await using IngestSite site = await IngestSite.StartAsync(ingest, reads: false);
        var sink = new GatedSink();
        var letters = new CollectingSink<DeadLetter>();
        var options = new JobOptions
        {
            BatchSize = 1,
            ChannelCapacity = 1,
            OnError = ErrorPolicy.DeadLetter(letters),
        };
        await using StreamJob job = Start(ingest, sink, options);
        await PostUntilAcceptedAsync(site, 0);
        await sink.Reached.WaitAsync(Token);
        for (int i = 1; i < 20; i++)
        {
            using HttpResponseMessage answer =
                await site.PostAsync($"x\n{{\"page\":\"p\",\"ms\":{i}}}", IngestSite.Lines);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        Task stopped = job.StopAsync(StopMode.Drain, Token);
        sink.Open();
        await stopped;
        Assert.Equal(Enumerable.Range(0, 20), sink.Hits.Select(hit => hit.Ms));
        Assert.Equal(19, letters.Records.Count);
        Assert.Equal(19, job.GetMetrics().Errors);
        Assert.All(letters.Records, letter => Assert.Equal("hits", letter.Operator));
    }

    [Fact]
    public async Task WhatNoJobHasReadIsThereForTheNext()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using IngestSite site = await IngestSite.StartAsync(ingest, reads: false);
        var first = new GatedSink();
        int read;
        await using (StreamJob job = Start(ingest, first, new JobOptions { BatchSize = 2, ChannelCapacity = 1 }))
        {
            await PostUntilAcceptedAsync(site, 0);
            await first.Reached.WaitAsync(Token);
            for (int i = 1; i < 60; i++)
            {
                (await site.PostAsync($$"""{"page":"p","ms":{{i}}}""")).Dispose();
            }

            await job.StopAsync(StopMode.Abort, Token);
            read = 60 - ingest.Waiting;
        }

        using HttpResponseMessage between = await site.PostAsync("""{"page":"p","ms":1}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, between.StatusCode);
        Assert.True(between.Headers.Contains("Retry-After"));
        var second = new GatedSink();
        second.Open();
        await using StreamJob next = Start(ingest, second, new JobOptions());
        ingest.Complete();
        await next.Completion.WaitAsync(Token);
        Assert.Equal(Enumerable.Range(read, 60 - read), second.Hits.Select(hit => hit.Ms));
    }

    [Fact]
    public async Task AnIngestThatIsCompletedEndsItsJobAndRefusesWhatComes()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using IngestSite site = await IngestSite.StartAsync(ingest, reads: false);
        var sink = new CollectingSink<Hit>();
        await using StreamJob job = Start(ingest, sink, new JobOptions());
        await PostUntilAcceptedAsync(site, 1);
        ingest.Complete();
        using HttpResponseMessage answer = await site.PostAsync("""{"page":"p","ms":2}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        await job.Completion.WaitAsync(Token);
        Assert.Equal([new Hit("p", 1)], sink.Records);
    }

    [Fact]
    public async Task ASecondJobIsToldThatAnotherReads()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using IngestSite site = await IngestSite.StartAsync(ingest);
        await using StreamJob job = Start(ingest, new CollectingSink<Hit>(), new JobOptions());
        StreamException failure =
            await Assert.ThrowsAsync<StreamException>(() => job.Completion.WaitAsync(Token));
        Assert.Contains("already, as 'source'", failure.InnerException?.Message, StringComparison.Ordinal);

        // The one that was there is not disturbed.
        using HttpResponseMessage answer = await site.PostAsync("""{"page":"p","ms":1}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal([new Hit("p", 1)], await site.ReadAsync());
    }

    [Fact]
    public async Task ARecordKnowsItsRequestAndTheTimeOfTheJob()
    {
        var clock = new VirtualTime(new DateTimeOffset(2026, 9, 1, 12, 0, 0, TimeSpan.Zero));
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit, (hit, request) => hit with
        {
            Page = $"{hit.Page} {request.ReceivedAt:HH:mm:ss} {request.UserAgent} {request.RemoteAddress} "
                + request.Http.Request.Query["site"],
        });
        await using IngestSite site =
            await IngestSite.StartAsync(ingest, new SourceDriverOptions { Clock = clock });
        clock.Advance(TimeSpan.FromSeconds(5));
        using RawConnection raw = await site.Server.ConnectAsync();
        await raw.SendAsync("POST /collect?site=shop HTTP/1.1\r\nHost: x\r\nUser-Agent: Browser/1\r\n"
            + "Content-Length: 19\r\n\r\n{\"page\":\"a\",\"ms\":1}");
        Assert.Equal(202, (await raw.ReadAnswerAsync()).Status);
        Assert.Equal([new Hit("a 12:00:05 Browser/1 127.0.0.1 shop", 1)], await site.ReadAsync());
    }

    private static StreamJob Start(HttpIngest<Hit> ingest, ISink<Hit> sink, JobOptions options)
    {
        StreamBuilder builder = StreamBuilder.Create("hits");
        builder.From(ingest, "hits").To(sink);
        return builder.Build().Start(options);
    }

    // A job opens its source in its own time; until then the answer is that nobody reads.
    private static async Task PostUntilAcceptedAsync(IngestSite site, int ms)
    {
        while (true)
        {
            using HttpResponseMessage answer = await site.PostAsync($$"""{"page":"p","ms":{{ms}}}""");
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                return;
            }

            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            await Task.Yield();
        }
    }
}
