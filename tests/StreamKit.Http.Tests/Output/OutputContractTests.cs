using System.Text.Json;
using StreamKit.Conformance;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Http.Tests.Output;

/// <summary>An output keeps what the engine relies on; what is visible is what a client gets who comes now.</summary>
public sealed class OutputContractTests : SinkContract<PageCount>, IAsyncLifetime
{
    private readonly VirtualTime _clock = new();
    private readonly HttpOutput<PageCount> _output =
        HttpOutput.Json(HitJson.Default.PageCount, new HttpOutputOptions { SendsHistory = true });

    private HttpServer _server = null!;

    protected override IReadOnlyList<PageCount> Records { get; } =
        [.. Enumerable.Range(0, 9).Select(i => new PageCount($"page-{i}", i))];

    public async ValueTask InitializeAsync() =>
        _server = await HttpServer.StartAsync(app => app.MapStream("/live", _output));

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    protected override ISink<PageCount> CreateSink() => new ByClock(_output, _clock);

    // A heartbeat is sent only where nothing waits, so what comes before it is all.
    protected override async Task<IReadOnlyList<PageCount>> ReadBackAsync(CancellationToken cancellationToken)
    {
        var read = new List<PageCount>();
        using EventClient client = await EventClient.ConnectAsync(_server);
        _clock.Advance(TimeSpan.FromSeconds(15));
        while (await client.NextAsync() is { } frame && frame != ":")
        {
            read.AddRange(JsonElement.Parse(frame).EnumerateArray().Select(each =>
                each.Deserialize(HitJson.Default.PageCount)!));
        }

        return read;
    }

    /// <summary>Opens a sink with a clock that stands.</summary>
    private sealed class ByClock(ISink<PageCount> sink, TimeProvider clock) : ISink<PageCount>
    {
        public SinkMode Mode => sink.Mode;

        public ValueTask<ISinkWriter<PageCount>> OpenAsync(
            SinkContext context, CancellationToken cancellationToken) =>
            sink.OpenAsync(new SinkContext(context.Name, clock, context.Logger), cancellationToken);
    }
}
