using StreamKit.Windowing;

namespace StreamKit.Testing;

/// <summary>Expectations about window results.</summary>
public static class PaneExpectations
{
    /// <summary>Expects exactly these window results since the last expectation, in this order.</summary>
    /// <typeparam name="TSelf">The type of the test.</typeparam>
    /// <typeparam name="TIn">The type of the records that are pushed.</typeparam>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <param name="test">The test.</param>
    /// <param name="expected">The results; see <see cref="Expected.Pane"/>.</param>
    /// <exception cref="StreamTestException">Other results came, or a replay gave others.</exception>
    public static TSelf ExpectPanes<TSelf, TIn, TKey, TValue>(
        this StreamTestBase<TSelf, TIn, WindowResult<TKey, TValue>> test,
        params IReadOnlyList<ExpectedPane<TKey, TValue>> expected)
        where TSelf : StreamTestBase<TSelf, TIn, WindowResult<TKey, TValue>>
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(expected);
        IReadOnlyList<WindowResult<TKey, TValue>> actual = test.TakeNewOutputs();
        if (actual.Count != expected.Count
            || actual.Zip(expected).Any(pair => !pair.Second.Matches(pair.First, test.TimeUnit)))
        {
            test.FailExpectation(
                $"Expected results:\n  {string.Join("\n  ", expected)}\n"
                + $"but since the last expectation there came:\n{test.Lines(actual)}");
        }

        test.Verify();
        return (TSelf)test;
    }
}
