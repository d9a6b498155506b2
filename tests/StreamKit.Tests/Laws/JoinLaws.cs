using StreamKit.Tests.Generators;
using StreamKit.Tests.Oracle;

namespace StreamKit.Tests.Laws;

/// <summary>
/// Joins say exactly what the oracle says, after exactly the step after which the oracle says it.
/// </summary>
/// <remarks>
/// The replays of the harness bring other batches, lanes and a blocked output into every case, and compare all results.
/// </remarks>
public class JoinLaws
{
    [Fact]
    public void EveryJoinSaysWhatTheNestedLoopsSayWhenTheySayIt() =>
        Law.Holds(JoinArbitraries.Joins(), SaysWhatTheOracleSays);

    internal static void SaysWhatTheOracleSays(JoinCase join)
    {
        var oracle = new OracleJoin(join.Kind, join.Stream.Shape, join.Stream.Lateness);
        using var test = JoinRun.Of(join);
        int seen = 0;
        foreach (StreamStep step in EngineRun.Steps(join.Stream))
        {
            List<string> expected = [];
            switch (step)
            {
                case StreamStep.Batch batch:
                    foreach (OracleElement<int, int> element in batch.Elements)
                    {
                        bool isLeft = join.IsLeft(element);
                        expected.AddRange(oracle.Add(element, isLeft));
                        _ = isLeft ? test.PushLeft(element) : test.PushRight(element);
                    }

                    break;
                case StreamStep.Watermark watermark:
                    expected.AddRange(oracle.Advance(watermark.Value));
                    _ = watermark.Value == OracleTime.Max ? test.End() : test.Watermark(watermark.Value);
                    break;
            }

            Assert.Equal(expected.Order(), test.Outputs.Skip(seen).Order());
            seen = test.Outputs.Count;
        }

        Assert.Equal(
            oracle.Late.Order(),
            test.LateLeft.Concat(test.LateRight).Select(late => JoinRun.ToText(late, join.Stream.Shape)).Order());
        Assert.Equal(oracle.Unassigned, test.UnassignedRecords);
        test.ExpectNoState();
    }
}
