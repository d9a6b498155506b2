using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

public class TimeZoneRulesTests
{
    private static readonly TimeZoneInfo s_berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Fact]
    public void EachZoneIsNamedOnceWithTheSumOfItsRules()
    {
        string rules = TimeZoneRules.Describe([s_berlin, TimeZoneInfo.Utc, s_berlin]);

        Assert.Matches("^Europe/Berlin=[0-9A-F]{8};UTC=[0-9A-F]{8}$", rules);
        Assert.Equal("", TimeZoneRules.Describe([]));
    }

    [Fact]
    public void AZoneWithOtherRulesThanBeforeIsFound()
    {
        var moved = TimeZoneInfo.CreateCustomTimeZone("Europe/Berlin", TimeSpan.FromHours(2), "Berlin", "Berlin");
        string before = TimeZoneRules.Describe([s_berlin, TimeZoneInfo.Utc]);

        string after = TimeZoneRules.Describe([moved, TimeZoneInfo.Utc]);
        Assert.Equal(["Europe/Berlin"], TimeZoneRules.Changed(before, after));
        Assert.Empty(TimeZoneRules.Changed(before, before));
        Assert.Empty(TimeZoneRules.Changed("", before));
    }
}
