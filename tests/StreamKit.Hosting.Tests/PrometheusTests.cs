using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace StreamKit.Hosting.Tests;

/// <summary>What a real Prometheus sees of a pipeline through OpenTelemetry's exporter.</summary>
public sealed partial class PrometheusTests(SharedScrapedApp shared) : IClassFixture<SharedScrapedApp>
{
    [Fact]
    public async Task TheNumbersOfAPipelineArriveWithTheirLabels()
    {
        ScrapedApp app = await shared.App;

        Assert.Equal(4, await ValueAsync(app, "streamkit_operator_records_in_total", "operator=\"time\""));
        Assert.Equal(3, await ValueAsync(app, "streamkit_operator_records_out_total", "operator=\"read\""));
        Assert.Equal(1, await ValueAsync(app, "streamkit_operator_errors_total", "operator=\"read\""));
        Assert.Equal(
            1,
            await ValueAsync(
                app, "streamkit_operator_late_records_total", "operator=\"counts\", reason=\"behind_watermark\""));
        Assert.Equal(10, await ValueAsync(app, "streamkit_operator_watermark_lag_seconds", "operator=\"time\""));
        Assert.Equal(
            ScrapedApp.Noon - 10, await ValueAsync(app, "streamkit_operator_watermark_seconds", "operator=\"time\""));
        Assert.Equal(0, await ValueAsync(app, "streamkit_operator_blocked_duration_seconds", "operator=\"out\""));
        Assert.Equal(1, await ValueAsync(app, "streamkit_job_checkpoints_total", ""));
        Assert.Equal(0, await ValueAsync(app, "streamkit_job_failed_checkpoints_total", ""));
        Assert.Equal(0, await ValueAsync(app, "streamkit_job_restarts_total", ""));
        CheckpointStatus checkpoints = app.Job.GetCheckpointStatus();
        Assert.Equal(checkpoints.Last!.Bytes, await ValueAsync(app, "streamkit_job_checkpoint_bytes", ""));
        Assert.Equal(
            checkpoints.LastDuration.TotalSeconds,
            await ValueAsync(app, "streamkit_job_checkpoint_duration_seconds", ""));
        Assert.Equal(1, await ValueAsync(app, "streamkit_pipeline_state", "state=\"running\""));
        Assert.Equal(0, await ValueAsync(app, "streamkit_pipeline_state", "state=\"failed\""));

        IReadOnlyList<Sample> lanes = await app.QueryAsync(
            $"streamkit_operator_records_in_total{{operator=\"counts\", pipeline=\"{app.Name}\"}}");
        Assert.Equal(["0", "1"], lanes.Select(static lane => lane["subtask"]).Order());
        Assert.All(lanes, lane => Assert.Equal(
            (app.Name, "streamkit", "StreamKit", ""),
            (lane["pipeline"], lane["job"], lane["otel_scope_name"], lane["exported_job"])));
    }

    [Fact]
    public async Task EveryInstrumentArrivesUnderTheNameThatFollowsFromItsKindAndUnit()
    {
        ScrapedApp app = await shared.App;
        Dictionary<string, string> expected = [];
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter.Name == JobMetrics.MeterName)
                {
                    expected[NameOf(instrument)] = KindOf(instrument);
                }
            },
        };
        listener.Start();

        Assert.Equal(23, expected.Count);
        Assert.Equal(expected.Keys.Order(), (await app.NamesAsync()).Order());
        IReadOnlyDictionary<string, string> kinds = await app.KindsAsync();
        Assert.All(expected, metric => Assert.Equal(
            (metric.Key, metric.Value), (metric.Key, kinds.GetValueOrDefault(metric.Key) ?? kinds[Stem(metric.Key)])));
    }

    // A histogram with exponential buckets does not come out of this exporter, without a word.
    [Fact]
    public void NoInstrumentIsAHistogram()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, _) =>
            {
                if (instrument.Meter.Name == JobMetrics.MeterName)
                {
                    Assert.True(instrument.IsObservable, instrument.Name);
                }
            },
        };
        listener.Start();
    }

    [Fact]
    public async Task EveryQueryOfTheDashboardIsAnsweredAndNamesOnlyWhatIsThere()
    {
        string[] questions = [.. QuestionsOf(await ReadDashboardAsync())];
        Assert.True(questions.Length > 20, $"{questions.Length} queries");
        ScrapedApp app = await shared.App;

        // A rate needs two samples.
        await app.UntilAsync("count_over_time(up[30s]) >= 3");
        IReadOnlyList<string> names = await app.NamesAsync();
        HashSet<string> asked = [];
        foreach (string question in questions)
        {
            string[] named = [.. Metric().Matches(question).Select(static match => match.Value)];
            Assert.NotEmpty(named);
            Assert.All(named, name => Assert.Contains(name, names));
            asked.UnionWith(named);
            string concrete = question
                .Replace("$pipeline", app.Name, StringComparison.Ordinal)
                .Replace("$__rate_interval", "30s", StringComparison.Ordinal);
            Assert.DoesNotContain("$", concrete, StringComparison.Ordinal);
            IReadOnlyList<Sample> answer = await app.QueryAsync(concrete);
            Assert.True(answer.Count > 0, $"No data: {concrete}");
            Assert.All(answer, sample => Assert.Equal(app.Name, sample["pipeline"]));
        }

        Assert.Equal(names.Order(), asked.Order());
    }

    [Fact]
    public async Task TheDashboardOffersThePipelinesThatThereAre()
    {
        JsonElement variable = (await ReadDashboardAsync()).GetProperty("templating").GetProperty("list")
            .EnumerateArray().Single(static each => each.GetProperty("name").GetString() == "pipeline");
        Match query = LabelValues().Match(variable.GetProperty("query").GetProperty("query").GetString()!);
        Assert.True(query.Success);
        ScrapedApp app = await shared.App;

        Assert.Contains(
            await app.QueryAsync(query.Groups["metric"].Value),
            sample => sample[query.Groups["label"].Value] == app.Name);
    }

    [Fact]
    public async Task AJobThatHasEndedIsSeenByTheStateOfItsPipeline()
    {
        await using ScrapedApp app = await ScrapedApp.StartAsync();
        app.Log.End();
        await Eventually.WithinLimitAsync(app.Job.Completion);
        string ofIt = $"pipeline=\"{app.Name}\"";
        await app.UntilAsync($"streamkit_pipeline_state{{{ofIt}, state=\"ended\"}} == 1");

        Assert.Empty(await app.QueryAsync($"streamkit_pipeline_state{{{ofIt}, state=\"running\"}} == 1"));

        // What it counted ends with it: nothing stands still and looks as if it went on.
        Assert.All(
            await app.QueryAsync($"{{{ofIt}}}"),
            static sample => Assert.Equal("streamkit_pipeline_state", sample["__name__"]));
    }

    private static async Task<double> ValueAsync(ScrapedApp app, string metric, string labels)
    {
        IReadOnlyList<Sample> samples = await app.QueryAsync($"{metric}{{pipeline=\"{app.Name}\", {labels}}}");
        Assert.NotEmpty(samples);
        return samples.Sum(static sample => sample.Value);
    }

    private static string NameOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_');
        string? unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => null };
        name = unit is null || name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit;
        return KindOf(instrument) == "counter" ? name + "_total" : name;
    }

    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.StartsWith("ObservableCounter", StringComparison.Ordinal) ? "counter" : "gauge";

    // The metadata of a counter may stand under its name without the suffix.
    private static string Stem(string name) => name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6] : name;

    private static async Task<JsonElement> ReadDashboardAsync()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "streamkit-grafana.json");
        await using FileStream file = File.OpenRead(path);
        using JsonDocument document = await JsonDocument.ParseAsync(
            file, cancellationToken: TestContext.Current.CancellationToken);
        return document.RootElement.Clone();
    }

    private static IEnumerable<string> QuestionsOf(JsonElement dashboard) =>
        from panel in dashboard.GetProperty("panels").EnumerateArray()
        where panel.TryGetProperty("targets", out _)
        from target in panel.GetProperty("targets").EnumerateArray()
        select target.GetProperty("expr").GetString()!;

    [GeneratedRegex("streamkit_[a-z_]+")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^label_values\((?<metric>\w+), (?<label>\w+)\)$")]
    private static partial Regex LabelValues();
}
