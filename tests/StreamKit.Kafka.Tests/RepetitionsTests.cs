using Microsoft.Extensions.Logging;
using StreamKit.Kafka.Clients;

namespace StreamKit.Kafka.Tests;

public sealed class RepetitionsTests
{
    [Fact]
    public void WhatWasJustSaidIsSaidQuietlyAndErrorsAlwaysAloud()
    {
        var repetitions = new Repetitions();
        Assert.Equal(LogLevel.Warning, repetitions.LevelOf(LogLevel.Warning, "refused (after 0ms)"));
        Assert.Equal(LogLevel.Debug, repetitions.LevelOf(LogLevel.Warning, "refused (after 12ms)"));
        Assert.Equal(LogLevel.Warning, repetitions.LevelOf(LogLevel.Warning, "not allowed"));
        Assert.Equal(LogLevel.Error, repetitions.LevelOf(LogLevel.Error, "refused (after 3ms)"));
    }
}
