namespace StreamKit.Testing.Running;

/// <summary>
/// A stream that a test looks at: what came out of the live run, and whether a replay brings the same.
/// </summary>
internal sealed class Capture<TIn, T>(CaptureSink<T> sink, string name, TimeSpan unit) : ICapture<TIn>
{
    private int _expected;

    public IReadOnlyList<T> Records { get; private set; } = [];

    /// <summary>What has come out since the last expectation; it counts as expected from now on.</summary>
    public IReadOnlyList<T> TakeNew()
    {
        T[] taken = [.. Records.Skip(_expected)];
        _expected = Records.Count;
        return taken;
    }

    public bool HasNew => _expected < Records.Count;

    public void Follow(TestRun<TIn> run) => Records = run.RecordsOf(sink);

    public string? Compare(TestRun<TIn> replay, bool inOrder)
    {
        IReadOnlyList<T> replayed = replay.RecordsOf(sink);
        bool same = inOrder
            ? Structure.AreEqual(Records, replayed)
            : AreSameMultiset(replayed);
        return same ? null : $"{name}, first run:\n{Lines(Records)}\n{name}, replay:\n{Lines(replayed)}";
    }

    public string Lines(IEnumerable<T> records)
    {
        string[] lines = [.. records.Select(record => "  " + Structure.Describe(record, unit))];
        return lines.Length == 0 ? "  (nothing)" : string.Join('\n', lines);
    }

    private bool AreSameMultiset(IReadOnlyList<T> replayed)
    {
        List<T> left = [.. replayed];
        return Records.Count == left.Count && Records.All(record =>
        {
            int at = left.FindIndex(other => Structure.AreEqual(record, other));
            if (at >= 0)
            {
                left.RemoveAt(at);
            }

            return at >= 0;
        });
    }
}
