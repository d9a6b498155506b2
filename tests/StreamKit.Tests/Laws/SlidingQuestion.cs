using StreamKit.Tests.Oracle;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>One question for each form in which sliding totals are kept, and its answer from the records.</summary>
internal static class SlidingQuestion
{
    /// <summary>Two stacks, everything merged again, and subtracting.</summary>
    public static DataStream<WindowResult<int, string>> Ask(
        WindowedStream<int, OracleElement<int, int>> windows, int form)
    {
        return form switch
        {
            0 => windows.Aggregate(new Concatenation()),
            1 => windows.Aggregate(a => string.Join(',', a.ToList(e => e.Value))),
            _ => windows.Aggregate(a => $"{a.Count()} {a.Sum(e => (long)e.Value)}"),
        };
    }

    public static string Answer(IReadOnlyList<OracleElement<int, int>> records, int form) => form switch
    {
        0 => string.Concat(records.Select(e => $"{e.Value},")),
        1 => string.Join(',', records.OrderBy(e => e.Timestamp).Select(e => e.Value)),
        _ => $"{records.Count} {records.Sum(e => (long)e.Value)}",
    };
}
