using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace StreamKit.Http.Tests.Ingest;

/// <summary>Pages of other origins, with the CORS of ASP.NET Core.</summary>
public class CrossOriginTests
{
    private const string Good = """{"page":"a","ms":1}""";

    [Fact]
    public async Task APageAsksFirstAndThenItsBeaconIsAccepted()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using HttpServer server = await StartAsync(ingest);
        await using var driver = await StreamKit.Testing.SourceDriver.OpenAsync(
            ingest, cancellationToken: TestContext.Current.CancellationToken);
        using RawConnection raw = await server.ConnectAsync();
        await raw.SendAsync("OPTIONS /collect HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n"
            + "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n");
        string answer = await HeadAsync(raw);
        Assert.StartsWith("HTTP/1.1 204", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: https://shop.example", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Credentials: true", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Headers: content-type", answer, StringComparison.OrdinalIgnoreCase);

        await raw.SendAsync("POST /collect HTTP/1.1\r\nHost: x\r\nOrigin: https://shop.example\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Good.Length}\r\n\r\n{Good}");
        answer = await HeadAsync(raw);
        Assert.StartsWith("HTTP/1.1 202", answer, StringComparison.Ordinal);
        Assert.Contains("Access-Control-Allow-Origin: https://shop.example", answer, StringComparison.Ordinal);
        Assert.Equal(1, ingest.Waiting);
    }

    [Fact]
    public async Task APageOfAnotherOriginIsNotAllowedToAsk()
    {
        await using HttpServer server = await StartAsync(HttpIngest.Json(HitJson.Default.Hit));
        using RawConnection raw = await server.ConnectAsync();
        await raw.SendAsync("OPTIONS /collect HTTP/1.1\r\nHost: x\r\nOrigin: https://other.example\r\n"
            + "Access-Control-Request-Method: POST\r\n\r\n");
        Assert.DoesNotContain("Access-Control-Allow-Origin", await HeadAsync(raw), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheRouteMayRequireAuthorizationAsAnyOther()
    {
        HttpIngest<Hit> ingest = HttpIngest.Json(HitJson.Default.Hit);
        await using HttpServer server = await HttpServer.StartAsync(
            app => app.MapStreamIngest("/collect", ingest).RequireAuthorization(),
            builder =>
            {
                builder.Services.AddAuthentication(OnlyWithName.Scheme)
                    .AddScheme<AuthenticationSchemeOptions, OnlyWithName>(OnlyWithName.Scheme, null);
                builder.Services.AddAuthorization();
            });
        using RawConnection raw = await server.ConnectAsync();
        string rest = $"Host: x\r\nContent-Length: {Good.Length}\r\n";
        await raw.SendAsync($"POST /collect HTTP/1.1\r\n{rest}\r\n{Good}");
        Assert.StartsWith("HTTP/1.1 401", await HeadAsync(raw), StringComparison.Ordinal);
        await raw.SendAsync($"POST /collect HTTP/1.1\r\nX-Name: ann\r\n{rest}\r\n{Good}");
        Assert.StartsWith("HTTP/1.1 503", await HeadAsync(raw), StringComparison.Ordinal);
    }

    private static Task<HttpServer> StartAsync(HttpIngest<Hit> ingest) => HttpServer.StartAsync(
        app =>
        {
            app.UseCors();
            app.MapStreamIngest("/collect", ingest).RequireCors("shop");
        },
        builder => builder.Services.AddCors(cors => cors.AddPolicy("shop", policy => policy
            .WithOrigins("https://shop.example").WithMethods("POST").WithHeaders("content-type").AllowCredentials())));

    private static async Task<string> HeadAsync(RawConnection raw)
    {
        var head = new List<string>();
        while (await raw.LineAsync() is { Length: > 0 } line)
        {
            head.Add(line);
        }

        return string.Join('\n', head);
    }
}
