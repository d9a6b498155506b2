using StreamKit.Twitter.Simulator;
using StreamKit.Twitter.Simulator.Rules;

namespace StreamKit.Twitter.Tests.Live;

/// <summary>The simulator's part of the language of rules.</summary>
public class RuleLanguageTests
{
    private static readonly PostWords Post = new(
        new SimulatedPost(1, "Coffee is late again, @friend! #MondayMood #tea", DateTimeOffset.UnixEpoch)
        {
            Language = "en",
            AuthorId = 12,
            AuthorName = "somebody",
        });

    [Theory]
    [InlineData("coffee")]
    [InlineData("COFFEE late")]
    [InlineData("\"late again\"")]
    [InlineData("#mondaymood")]
    [InlineData("@Friend")]
    [InlineData("from:somebody")]
    [InlineData("from:12")]
    [InlineData("coffee lang:en")]
    [InlineData("coffee -rain")]
    [InlineData("rain OR coffee")]
    [InlineData("rain OR (coffee #tea)")]
    [InlineData("(rain OR coffee) -(snow OR lang:de)")]
    [InlineData("rain coffee OR late")]
    public void AMatchingRuleMatches(string rule) => Assert.True(RuleParser.Parse(rule).Matches(Post));

    [Theory]
    [InlineData("cof")]
    [InlineData("\"again late\"")]
    [InlineData("#monday")]
    [InlineData("from:friend")]
    [InlineData("coffee lang:de")]
    [InlineData("coffee -late")]
    [InlineData("rain OR snow")]
    [InlineData("(rain OR snow) coffee")]
    [InlineData("coffee -(rain OR #tea)")]
    public void AnotherRuleDoesNot(string rule) => Assert.False(RuleParser.Parse(rule).Matches(Post));

    [Theory]
    [InlineData("")]
    [InlineData("OR coffee")]
    [InlineData("coffee OR")]
    [InlineData("(coffee")]
    [InlineData("coffee)")]
    [InlineData("\"coffee")]
    [InlineData("-coffee")]
    [InlineData("lang:en")]
    [InlineData("coffee OR lang:en")]
    [InlineData("coffee -")]
    [InlineData("has:images")]
    [InlineData("from:")]
    [InlineData("!?")]
    public void AMistakeIsRefused(string rule) => Assert.Throws<FormatException>(() => RuleParser.Parse(rule));
}
