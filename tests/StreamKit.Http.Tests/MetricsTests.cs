using System.Diagnostics.Metrics;
using StreamKit.Http.Tests.Ingest;
using StreamKit.Http.Tests.Output;

namespace StreamKit.Http.Tests;

/// <summary>What the meter counts.</summary>
public class MetricsTests
{
    [Fact]
    public async Task RequestsRecordsAndMistakesAreCountedByOutcome()
    {
        const string Source = "metered-source";
        var seen = new Dictionary<string, long>();
        using MeterListener listener = Listen(Source, seen);
        HttpIngest<Hit> ingest =
            HttpIngest.Json(HitJson.Default.Hit, new HttpIngestOptions { QueueCapacity = 2, MaxRequestBytes = 1024 });
        await using IngestSite site =
            await IngestSite.StartAsync(ingest, new StreamKit.Testing.SourceDriverOptions { Name = Source });
        (await site.PostAsync("x")).Dispose();
        (await site.PostAsync("{}", "text/html")).Dispose();
        (await site.PostAsync(new string(' ', 1025))).Dispose();
        (await site.PostAsync("""[{"page":"a","ms":1},{"page":"b","ms":2}]""")).Dispose();
        (await site.PostAsync("""{"page":"a","ms":1}""")).Dispose();
        listener.RecordObservableInstruments();
        Assert.Equal(
            [
                ("streamkit.http.ingest.malformed_records", 1),
                ("streamkit.http.ingest.records", 2),
                ("streamkit.http.ingest.requests accepted", 1),
                ("streamkit.http.ingest.requests full", 1),
                ("streamkit.http.ingest.requests malformed", 1),
                ("streamkit.http.ingest.requests too_large", 1),
                ("streamkit.http.ingest.requests unsupported", 1),
                ("streamkit.http.ingest.waiting", 2),
            ],
            seen.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => (each.Key, each.Value)));
    }

    [Fact]
    public async Task ClientsAndFramesAreCounted()
    {
        var seen = new Dictionary<string, long>();
        const string Sink = "metered-sink";
        using MeterListener listener = Listen(Sink, seen);
        HttpOutput<PageCount> output = HttpOutput.Json(
            HitJson.Default.PageCount, new HttpOutputOptions { FramesPerSecond = 1, MaxFrameRecords = 1 });
        await using HttpServer server = await HttpServer.StartAsync(app => app.MapStream("/live", output));
        StreamBuilder builder = StreamBuilder.Create("metered");
        builder.From([new PageCount("a", 1), new("b", 1), new("c", 1)]).To(output, Sink);
        await using (StreamJob job = builder.Build().Start())
        {
            await job.Completion.WaitAsync(TestContext.Current.CancellationToken);
        }

        using EventClient client = await EventClient.ConnectAsync(server);
        Assert.Equal(
            [
                ("streamkit.http.output.clients", 1),
                ("streamkit.http.output.dropped_records", 2),
                ("streamkit.http.output.frames", 1),
            ],
            seen.OrderBy(each => each.Key, StringComparer.Ordinal).Select(each => (each.Key, each.Value)));
    }

    // Other tests count at the same time, under other names.
    private static MeterListener Listen(string step, Dictionary<string, long> seen)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "StreamKit.Http")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Find(tags, "source") == step || Find(tags, "sink") == step)
            {
                string name = $"{instrument.Name} {Find(tags, "outcome")}".TrimEnd();
                lock (seen)
                {
                    seen[name] = seen.GetValueOrDefault(name) + value;
                }
            }
        });
        listener.Start();
        return listener;
    }

    private static string? Find(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (KeyValuePair<string, object?> tag in tags)
        {
            if (tag.Key == name)
            {
                return tag.Value as string;
            }
        }

        return null;
    }
}
