namespace StreamKit.Servers;

/// <summary>A Prometheus of one's own on a loopback port, which scrapes one target.</summary>
public sealed class PrometheusServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _port = Loopback.FreePort();
    private ServerProcess? _process;

    private PrometheusServer()
    {
    }

    /// <summary>Where its API is.</summary>
    public Uri Address => new($"http://127.0.0.1:{_port}/");

    /// <summary>Starts a server, or skips the running test where there is none on this machine.</summary>
    /// <param name="target">What is scraped once a second, at its path.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<PrometheusServer> StartAsync(Uri target, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(target);
        string program = Programs.Require("prometheus", "prometheus");
        var server = new PrometheusServer();
        string configuration =
            $"""
            global:
              scrape_interval: 1s
              scrape_timeout: 1s
            scrape_configs:
              - job_name: streamkit
                metrics_path: {target.AbsolutePath}
                static_configs:
                  - targets: ['{target.Authority}']
            """;
        await File.WriteAllTextAsync(server._folder.Of("prometheus.yml"), configuration, cancellationToken);
        string[] arguments =
        [
            $"--config.file={server._folder.Of("prometheus.yml")}",
            $"--storage.tsdb.path={server._folder.Of("data")}",
            $"--web.listen-address=127.0.0.1:{server._port}",
        ];
        server._process = await ServerProcess.StartAsync(program, arguments, server.IsReadyAsync, cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = Address };
        try
        {
            using HttpResponseMessage answer = await client.GetAsync("-/ready", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
