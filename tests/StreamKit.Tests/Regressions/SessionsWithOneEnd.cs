using StreamKit.Tests.Generators;
using StreamKit.Tests.Laws;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Regressions;

/// <summary>
/// A session whose start moved kept its old place among sessions with the same end: keys fired in the wrong order.
/// Found with the seed (9334759053669286082,3059480441677755469) of the law over honest streams.
/// </summary>
public class SessionsWithOneEnd
{
    [Fact]
    public void FireByTheStartThatTheyHaveInTheEnd() => WindowLaws.SaysWhatTheOracleSays(new StreamCase
    {
        Elements = [new(2, 1, 3), new(3, 1, 4), new(3, 0, 17)],
        Bound = 497,
        Shape = OracleShape.Session(4),
        Lateness = 0,
        Mode = OracleMode.Accumulating,
    });

    [Fact]
    public void FireByTheStartThatALateRecordGaveThem() => WindowLaws.SaysWhatTheOracleSays(new StreamCase
    {
        Elements = [new(2, 1, 0), new(3, 1, 1), new(0, 2, 2), new(3, 0, 3), new(3, 3, 4), new(2, 3, 5)],
        Bound = 497,
        Shape = OracleShape.Session(4),
        Lateness = 20,
        Mode = OracleMode.Retracting,
        Watermarks = [new(3, -4)],
    });
}
