using Xunit.Sdk;

namespace StreamKit.Tests.Conformance.Notation;

/// <summary>The other notations: instants, windows, several inputs, strategies.</summary>
public class NotationTests
{
    [Theory]
    [InlineData("MIN", long.MinValue)]
    [InlineData("MAX", long.MaxValue)]
    [InlineData("MIN+7", long.MinValue + 7)]
    [InlineData("MAX-7", long.MaxValue - 7)]
    [InlineData("-42", -42)]
    [InlineData("9000000000000000000", 9_000_000_000_000_000_000)]
    public void AnInstantIsReadAndWritten(string text, long ticks)
    {
        Assert.Equal(ticks, Ticks.Parse(text));
        Assert.Equal(text, Ticks.Write(ticks));
    }

    [Theory]
    [InlineData("")]
    [InlineData("MED")]
    [InlineData("MAX+1")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    public void WhatIsNoInstantIsRefused(string text) => Assert.Throws<FormatException>(() => Ticks.Parse(text));

    [Fact]
    public void WindowsAreReadInTheirOrder()
    {
        Assert.Equal([new Span(4, 14), new Span(-8, 2)], Span.ParseAll("[4,14) [-8,2)"));
        Assert.Empty(Span.ParseAll(""));
    }

    [Theory]
    [InlineData("[4,14]")]
    [InlineData("4-14")]
    [InlineData("[4,14) and [8,18)")]
    public void WhatIsNoWindowIsRefused(string text) => Assert.Throws<FormatException>(() => Span.ParseAll(text));

    [Theory]
    [InlineData("0=5>MIN")]
    [InlineData("two | 0=5>MIN")]
    [InlineData("2 | 0=5")]
    [InlineData("2 | 0:asleep>5")]
    [InlineData("2 | 0=5>MIN,busy")]
    [InlineData("2 | 10=5>MIN")]
    public void AWordOfSeveralInputsThatIsNotKnownIsRefused(string script) =>
        Assert.Throws<FormatException>(() => MergeScript.Check(script));

    [Theory]
    [InlineData("2 | 0=5>5")]
    [InlineData("2 | 0=5>MIN,idle")]
    [InlineData("1 | 0=5>5 0:idle>5")]
    [InlineData("2 | 0=5>MIN,rejoin1")]
    [InlineData("2 | 0=10>MIN 1=4>4 1:idle>10 1=6>10")]
    public void AScriptOfSeveralInputsThatDoesNotHoldFails(string script) =>
        Assert.ThrowsAny<XunitException>(() => MergeScript.Check(script));

    [Theory]
    [InlineData("2 | 0=5>MIN 0:retire>5")]
    [InlineData("1 | 0=10>10 +4>10")]
    [InlineData("1 | 0=10>10 +30>10 0=40>40")]
    public void AScriptOfSplitsThatDoesNotHoldFails(string script) =>
        Assert.ThrowsAny<XunitException>(() => MergeScript.Check(script));

    [Theory]
    [InlineData("inner tumbling(10)")]
    [InlineData("outer tumbling(10) | <a1")]
    [InlineData("inner | <a1")]
    [InlineData("inner gaps | <a1")]
    [InlineData("inner tumbling(10) retracting | <a1")]
    [InlineData("inner tumbling(10) times | <a1")]
    public void AJoinThatIsNotKnownIsRefused(string script) =>
        Assert.Throws<FormatException>(() => JoinScript.Check(script));

    [Theory]
    [InlineData("inner tumbling(10) | <a1 >a2 W10")]
    [InlineData("inner tumbling(10) | <a1 >a2 W10 .")]
    [InlineData("inner tumbling(10) | <a1 >a2 W10 a2+a1")]
    [InlineData("inner tumbling(10) | <a1 >a2 W9 a1+a2")]
    [InlineData("inner tumbling(10) | W10 <a1")]
    [InlineData("inner tumbling(10) | W10 <a1 late>a1[0,10)")]
    [InlineData("left tumbling(10) | <a1 W10 a1+ a1+")]
    public void AScriptOfAJoinThatDoesNotHoldFails(string script) =>
        Assert.ThrowsAny<XunitException>(() => JoinScript.Check(script));

    [Theory]
    [InlineData("fast", "1")]
    [InlineData("bound", "x")]
    [InlineData("monotone", "a1")]
    [InlineData("monotone", "1;2")]
    [InlineData("monotone", "sleep1")]
    public void AWordOfAStrategyThatIsNotKnownIsRefused(string strategy, string input) =>
        Assert.Throws<FormatException>(() => GeneratorScript.Check(strategy, input, ""));

    [Theory]
    [InlineData("1", "1")]
    [InlineData("1", "W1 1")]
    [InlineData("1", "1 W1 W1")]
    [InlineData("MIN", "")]
    public void AStrategyThatMakesAnythingElseFails(string input, string output) =>
        Assert.ThrowsAny<XunitException>(() => GeneratorScript.Check("monotone", input, output));
}
