using System.Text.Json;
using System.Text.Json.Nodes;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Testing;

namespace StreamKit.Http.Tests.Output;

/// <summary>What an output is to the job that writes to it.</summary>
public class OutputJobTests
{
    private static readonly JsonSerializerOptions s_unwritable = new() { Converters = { new UnwritableConverter() } };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void RecordsWithKeysReplaceEachOtherAndOthersStandForThemselves()
    {
        ISink<PageCount> plain = HttpOutput.Json(HitJson.Default.PageCount);
        ISink<PageCount> keyed = HttpOutput.Json(HitJson.Default.PageCount, count => count.Page);
        Assert.Equal((SinkMode.Retract, SinkGuarantee.AtLeastOnce), (plain.Mode, plain.Guarantee));
        Assert.Equal((SinkMode.Upsert, SinkGuarantee.Idempotent), (keyed.Mode, keyed.Guarantee));
    }

    [Fact]
    public async Task ClientsStayWhileOneJobFollowsAnother()
    {
        await using OutputSite site = await OutputSite.StartAsync();
        using EventClient client = await site.ListenAsync();
        for (int i = 1; i <= 2; i++)
        {
            StreamBuilder builder = StreamBuilder.Create("job");
            builder.From([new PageCount("a", i)]).To(site.Output);
            await using StreamJob job = builder.Build().Start();
            await job.Completion.WaitAsync(Token);
            Assert.Equal($$"""[{"page":"a","count":{{i}}}]""", await client.NextAsync());
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public async Task ARecordThatCannotBecomeJsonFailsTheJob(int? framesPerSecond)
    {
        HttpOutput<JsonNode> output =
            HttpOutput.Json<JsonNode>(s_unwritable, new HttpOutputOptions { FramesPerSecond = framesPerSecond });
        StreamBuilder builder = StreamBuilder.Create("job");
        builder.From([JsonNode.Parse("1")!]).To(output);
        await using StreamJob job = builder.Build().Start();
        StreamException failure = await Assert.ThrowsAsync<StreamException>(() => job.Completion.WaitAsync(Token));
        Assert.IsType<NotSupportedException>(failure.InnerException);
    }

    [Fact]
    public async Task WhatFailsBetweenTwoWritesFailsTheNext()
    {
        var clock = new VirtualTime();
        HttpOutput<JsonNode> output =
            HttpOutput.Json<JsonNode>(s_unwritable, new HttpOutputOptions { FramesPerSecond = 10 });
        SinkDriver<JsonNode> writer = await SinkDriver.OpenAsync(output, clock, Token);
        await writer.WriteAsync([UnwritableConverter.Writable], Token);
        await writer.WriteAsync([JsonNode.Parse("1")!], Token);
        clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<NotSupportedException>(() => writer.FlushAsync(Token).AsTask());
    }
}
