using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>The results of one window that can still be among the best.</summary>
internal sealed class Ranking<TKey, TValue, TRank>(Window window, RankingOptions<TKey, TValue, TRank> options)
    where TKey : notnull
{
    private static readonly WindowSerializer Windows = new();
    private static readonly WindowResultSerializer<TKey, TValue> Results = new();

    // Where keys do not repeat, what is not among the best can be forgotten; sorting now and
    // then costs less than a heap.
    private readonly long _trimAt = Math.Max(64, options.Count * 4L);
    private readonly Dictionary<TKey, (TRank Rank, WindowResult<TKey, TValue> Result)> _byKey = [];
    private readonly List<(TRank Rank, WindowResult<TKey, TValue> Result)> _candidates = [];

    public Window Window { get; } = window;

    public int Emitted { get; set; }

    public bool IsDirty { get; set; }

    public bool IsComplete { get; set; }

    public static Ranking<TKey, TValue, TRank> Read(
        ref StateReader reader, RankingOptions<TKey, TValue, TRank> options)
    {
        var ranking = new Ranking<TKey, TValue, TRank>(Windows.Read(ref reader), options)
        {
            Emitted = reader.ReadInt32(),
            IsDirty = reader.ReadBoolean(),
            IsComplete = reader.ReadBoolean(),
        };
        int count = reader.ReadCount();
        for (int i = 0; i < count; i++)
        {
            ranking.Take(Results.Read(ref reader));
        }

        return ranking;
    }

    public void Write(ref StateWriter writer)
    {
        Windows.Write(ref writer, Window);
        writer.Write(Emitted);
        writer.Write(IsDirty);
        writer.Write(IsComplete);
        IReadOnlyCollection<(TRank Rank, WindowResult<TKey, TValue> Result)> all =
            options.KeysRepeat ? _byKey.Values : _candidates;
        writer.Write(all.Count);
        foreach ((_, WindowResult<TKey, TValue> result) in all)
        {
            Results.Write(ref writer, in result);
        }
    }

    public void Take(in WindowResult<TKey, TValue> result)
    {
        if (!options.KeysRepeat)
        {
            _candidates.Add((options.By(result), result));
            if (_candidates.Count >= _trimAt)
            {
                Trim(_candidates);
            }
        }
        else if (result.Pane.IsRetraction)
        {
            _byKey.Remove(result.Key);
        }
        else
        {
            _byKey[result.Key] = (options.By(result), result);
        }
    }

    public IReadOnlyList<WindowResult<TKey, TValue>> Best()
    {
        List<(TRank Rank, WindowResult<TKey, TValue> Result)> all =
            options.KeysRepeat ? [.. _byKey.Values] : _candidates;
        Trim(all);
        return [.. all.Select(static candidate => candidate.Result)];
    }

    private static int Compare(
        (TRank Rank, WindowResult<TKey, TValue> Result) one,
        (TRank Rank, WindowResult<TKey, TValue> Result) other)
    {
        int byRank = Comparer<TRank>.Default.Compare(other.Rank, one.Rank);
        return byRank != 0 ? byRank : CompareKeys(one.Result.Key, other.Result.Key);
    }

    private static int CompareKeys(TKey one, TKey other) => one switch
    {
        string text => string.CompareOrdinal(text, other as string),
        IComparable<TKey> comparable => comparable.CompareTo(other),
        _ => 0,
    };

    private void Trim(List<(TRank Rank, WindowResult<TKey, TValue> Result)> candidates)
    {
        candidates.Sort(Compare);
        if (candidates.Count > options.Count)
        {
            candidates.RemoveRange(options.Count, candidates.Count - options.Count);
        }
    }
}
