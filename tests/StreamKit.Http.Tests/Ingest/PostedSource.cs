using System.Net;
using System.Net.Http.Json;
using StreamKit.Connectors;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>An ingest and a server each time it is opened, and a client that posts each record.</summary>
internal sealed class PostedSource(IReadOnlyList<Hit> hits, bool ends, List<HttpServer> servers) : ISource<Hit>
{
    public Replayability Replayability => HttpIngest.Json(HitJson.Default.Hit).Replayability;

    public async ValueTask<IReadOnlyList<ISplitReader<Hit>>> OpenAsync(
        SourceContext<Hit> context, CancellationToken cancellationToken)
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        IReadOnlyList<ISplitReader<Hit>> splits = await ingest.OpenAsync(context, cancellationToken);
        HttpServer server = await HttpServer.StartAsync(app => app.MapStreamIngest("/collect", ingest));
        servers.Add(server);
        foreach (Hit hit in hits)
        {
            using HttpResponseMessage answer =
                await server.Client.PostAsJsonAsync("/collect", hit, HitJson.Default.Hit, cancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }

        if (ends)
        {
            ingest.Complete();
        }

        return splits;
    }
}
