using StreamKit.Serialization;

namespace StreamKit.Tests.Serialization;

/// <summary>State of another time is read by way of what read it then, or is refused with advice.</summary>
public class MigrationTests
{
    private static readonly StateTypes First = new StateTypes().Use(new VisitV1Serializer());
    private static readonly StateTypes Second = new StateTypes().Use(new VisitSerializer.Second());

    private static StateTypes Third => new StateTypes().Use(new VisitSerializer());

    [Fact]
    public void AnEarlierLayoutOfTheSameTypeIsReadByItsSerializer() =>
        Assert.Equal(new Visit("a", 5), Third.FromBytes<Visit>(Second.ToBytes(new Visit("a", 5))));

    [Fact]
    public void AnOldTypeIsMigrated()
    {
        StateTypes types = Third.Use(new VisitV1Serializer()).Migrate(new Counted());
        Assert.Equal(new Visit("a", 1), types.FromBytes<Visit>(First.ToBytes(new VisitV1("a"))));
        Assert.Equal(new Visit("b", 7), types.FromBytes<Visit>(types.ToBytes(new Visit("b", 7))));
    }

    [Fact]
    public void MigrationsFormChains()
    {
        StateTypes types = Third.Use(new VisitV1Serializer()).Migrate(new Counted()).Migrate(new Paged());
        byte[] page = new StateTypes().ToBytes("a");
        Assert.Equal(new Visit("a", 1), types.FromBytes<Visit>(page));
    }

    [Fact]
    public void PartsOfListsAreMigratedEach()
    {
        StateTypes types = Third.Use(new VisitV1Serializer()).Migrate(new Counted());
        byte[] old = First.ToBytes(new List<VisitV1> { new("a"), new("b") });
        Assert.Equal([new Visit("a", 1), new Visit("b", 1)], types.FromBytes<List<Visit>>(old));
        byte[] pair = First.ToBytes((new VisitV1("a"), 9));
        Assert.Equal((new Visit("a", 1), 9), types.FromBytes<(Visit, int)>(pair));
    }

    [Fact]
    public void MigrationsThatLeadInACircleEnd()
    {
        StateTypes types = Third.Use(new VisitV1Serializer()).Migrate(new Counted()).Migrate(new Uncounted());
        Assert.Throws<StateException>(() => types.FromBytes<Visit>(types.ToBytes(5m)));
        Assert.Equal(new VisitV1("a"), types.FromBytes<VisitV1>(types.ToBytes(new Visit("a", 3))));
    }

    [Fact]
    public void WhatNothingReadsIsNamedWithAdvice()
    {
        byte[] first = First.ToBytes(new VisitV1("a"));
        StateException refused = Assert.Throws<StateException>(() => Third.FromBytes<Visit>(first));
        Assert.Contains("'visit', version 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'visit', version 3", refused.Message, StringComparison.Ordinal);
        Assert.Contains("StreamKit.Tests.Serialization.Visit", refused.Message, StringComparison.Ordinal);
        Assert.Contains("StateTypes.Migrate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StateOfALaterVersionIsRefused() =>
        Assert.Throws<StateException>(() => Second.FromBytes<Visit>(Third.ToBytes(new Visit("a", 1))));

    private sealed class Counted : IStateMigration<VisitV1, Visit>
    {
        public Visit Migrate(VisitV1 old) => new(old.Page, 1);
    }

    private sealed class Uncounted : IStateMigration<Visit, VisitV1>
    {
        public VisitV1 Migrate(Visit old) => new(old.Page);
    }

    private sealed class Paged : IStateMigration<string, VisitV1>
    {
        public VisitV1 Migrate(string old) => new(old);
    }
}
