using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace StreamKit.Http.Tests.Output;

/// <summary>The same through a WebSocket at the same route.</summary>
public class MessageStreamTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FramesComeAsMessagesAndGoOnFromAnId()
    {
        await using OutputSite site = await OutputSite.StartKeyedAsync();
        await site.WriteAsync(new PageCount("a", 1));
        using ClientWebSocket socket = await ConnectAsync(site.Server);
        JsonElement snapshot = await NextAsync(socket);
        Assert.Equal("snapshot", snapshot.GetProperty("event").GetString());
        Assert.Equal("""[{"page":"a","count":1}]""", snapshot.GetProperty("data").GetRawText());

        await site.WriteAsync(new PageCount("b", 1));
        JsonElement frame = await NextAsync(socket);
        Assert.False(frame.TryGetProperty("event", out _));
        Assert.Equal("""[{"page":"b","count":1}]""", frame.GetProperty("data").GetRawText());
        using ClientWebSocket again =
            await ConnectAsync(site.Server, "?lastEventId=" + snapshot.GetProperty("id").GetString());
        Assert.Equal(frame.GetRawText(), (await NextAsync(again)).GetRawText());
    }

    [Fact]
    public async Task WhatAClientSendsIsPassedOverAndItsCloseIsAnswered()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using ClientWebSocket socket = await ConnectAsync(site.Server);
        await socket.SendAsync(new byte[5000], WebSocketMessageType.Binary, endOfMessage: true, Token);
        await site.WriteAsync(new PageCount("a", 1));
        await NextAsync(socket);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
        await site.Server.StopAsync();
        Assert.Equal(0, site.Output.Clients);
    }

    [Fact]
    public async Task AHostThatStopsSaysSo()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using ClientWebSocket socket = await ConnectAsync(site.Server);
        Task stopped = site.Server.StopAsync();
        WebSocketReceiveResult end = await socket.ReceiveAsync(new byte[10], Token);
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, end.CloseStatus);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Token);
        await stopped;
    }

    [Theory]
    [InlineData("https://other.example", false)]
    [InlineData("https://shop.example", true)]
    [InlineData("http://127.0.0.1:1", false)]
    [InlineData("self", true)]
    [InlineData("null", false)]
    public async Task APageOfAnotherOriginMustBeAllowed(string origin, bool isAllowed)
    {
        var options = new HttpOutputOptions { WebSocketOrigins = ["https://shop.example"] };
        await using OutputSite site = await OutputSite.StartAsync(options);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        string self = site.Server.Address.GetLeftPart(UriPartial.Authority);
        socket.Options.SetRequestHeader("Origin", origin == "self" ? self : origin);
        Exception? refused = await Record.ExceptionAsync(() => socket.ConnectAsync(Live(site.Server), Token));
        Assert.Equal(isAllowed, refused is null);
        Assert.Equal(isAllowed ? HttpStatusCode.SwitchingProtocols : HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    [Fact]
    public async Task AWebSocketMayComeThroughHttp2()
    {
        HttpOutput<PageCount> output =
            HttpOutput.Json(HitJson.Default.PageCount, new HttpOutputOptions { SendsHistory = true });
        await using HttpServer server =
            await HttpServer.StartAsync(app => app.MapStream("/live", output), protocols: HttpProtocols.Http2);
        await using var writer = await StreamKit.Testing.SinkDriver.OpenAsync(output, cancellationToken: Token);
        await writer.WriteAsync([new PageCount("a", 1)], Token);
        using var socket = new ClientWebSocket();
        socket.Options.HttpVersion = HttpVersion.Version20;
        socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var handler = new SocketsHttpHandler();
        using var invoker = new HttpMessageInvoker(handler);
        await socket.ConnectAsync(Live(server), invoker, Token);
        Assert.Equal("""[{"page":"a","count":1}]""", (await NextAsync(socket)).GetProperty("data").GetRawText());
    }

    private static Uri Live(HttpServer server, string query = "") =>
        new($"ws://{server.Address.Authority}/live{query}");

    private static async Task<ClientWebSocket> ConnectAsync(HttpServer server, string query = "")
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(Live(server, query), Token);
        return socket;
    }

    private static async Task<JsonElement> NextAsync(ClientWebSocket socket)
    {
        byte[] message = new byte[10_000];
        WebSocketReceiveResult received = await socket.ReceiveAsync(message, Token);
        Assert.Equal((WebSocketMessageType.Text, true), (received.MessageType, received.EndOfMessage));
        return JsonElement.Parse(Encoding.UTF8.GetString(message, 0, received.Count));
    }
}
