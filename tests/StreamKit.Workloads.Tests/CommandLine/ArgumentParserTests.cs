using StreamKit.Workloads.CommandLine;

namespace StreamKit.Workloads.Tests.CommandLine;

public class ArgumentParserTests
{
    [Fact]
    public void NoWordsMeanEverythingAtFullSize()
    {
        Arguments arguments = Parse("");
        Assert.Empty(arguments.Workloads);
        Assert.Equal(10_000_000, arguments.Events);
        Assert.Equal(5, arguments.Repetitions);
        Assert.Equal(new RunOptions(lanes: 1, batch: 1024), arguments.Options);
        Assert.False(arguments.Json || arguments.Peers || arguments.Memory || arguments.Short || arguments.Help);
    }

    [Fact]
    public void EveryOptionIsRead()
    {
        Arguments arguments = Parse(
            "w6 --json W1 --events 5000 --repetitions 2 --lanes 3 --batch 64 --peers --memory --scaling --checkpoints "
            + "--short --help");
        Assert.Equal(["W6", "W1"], arguments.Workloads);
        Assert.Equal(5000, arguments.Events);
        Assert.Equal(2, arguments.Repetitions);
        Assert.Equal(new RunOptions(lanes: 3, batch: 64), arguments.Options);
        Assert.True(arguments.Json && arguments.Peers && arguments.Memory && arguments.Checkpoints);
        Assert.True(arguments.Scaling && arguments.Short && arguments.Help);
    }

    [Theory]
    [InlineData("--short", 1_000_000, 3)]
    [InlineData("--short --events 2000", 2000, 3)]
    [InlineData("--repetitions 7 --short", 1_000_000, 7)]
    public void ShortChangesOnlyTheDefaults(string words, int events, int repetitions)
    {
        Arguments arguments = Parse(words);
        Assert.Equal(events, arguments.Events);
        Assert.Equal(repetitions, arguments.Repetitions);
    }

    [Theory]
    [InlineData("W8", "unknown workload 'W8'; the workloads are W1 W2 W3 W4 W5 W6 W7")]
    [InlineData("nonsense", "unknown workload 'nonsense'")]
    [InlineData("--event 5000", "unknown option '--event'; the options are --json --events")]
    [InlineData("-h", "unknown option '-h'")]
    [InlineData("W1 W2 w1", "W1 is named twice")]
    [InlineData("--events", "--events needs a number after it")]
    [InlineData("--events many", "--events needs a whole number from 1000 to 200000000, not 'many'")]
    [InlineData("--events 999", "not '999'")]
    [InlineData("--events 99999999999999", "not '99999999999999'")]
    [InlineData("--repetitions 0", "--repetitions needs a whole number from 1 to 1000, not '0'")]
    [InlineData("--repetitions -1", "not '-1'")]
    [InlineData("--lanes 129", "--lanes needs a whole number from 1 to 128, not '129'")]
    [InlineData("--batch 1.5", "--batch needs a whole number from 1 to 1048576, not '1.5'")]
    [InlineData("--batch 5 --batch 5", "--batch is given twice")]
    public void AWordThatCannotBeFollowedIsNamed(string words, string message)
    {
        var problem = Assert.Throws<UsageException>(() => Parse(words));
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryOptionIsInTheHelpText()
    {
        string all = Assert.Throws<UsageException>(() => Parse("--?")).Message.Split("options are ")[1];
        Assert.All(
            all.Split(' '),
            option => Assert.Contains($"  {option} ", ArgumentParser.Help, StringComparison.Ordinal));
    }

    private static Arguments Parse(string words) =>
        ArgumentParser.Parse(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
