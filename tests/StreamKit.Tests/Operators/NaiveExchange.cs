using StreamKit.Records;
using StreamKit.State;

namespace StreamKit.Tests.Operators;

/// <summary>What an exchange is to do, record by record: the batches and signals of every lane.</summary>
internal sealed class NaiveExchange<TKey, T>
{
    private readonly int _batchSize;
    private readonly List<string>[] _seen;
    private readonly List<string>[] _begun;
    private readonly LateCause[] _causes;

    public NaiveExchange(int lanes, int batchSize)
    {
        _batchSize = batchSize;
        _seen = [.. Enumerable.Range(0, lanes).Select(static _ => new List<string>())];
        _begun = [.. Enumerable.Range(0, lanes).Select(static _ => new List<string>())];
        _causes = new LateCause[lanes];
    }

    /// <summary>For each lane what comes there: a text for each batch and signal.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Seen => _seen;

    public static string Describe(long timestamp, T value, TKey key, ulong hash, LateCause cause) =>
        $"{timestamp} {value} {key} {hash:x} {cause}";

    public static string Describe(IEnumerable<string> records) => string.Join('\n', records);

    public void Add(long timestamp, T value, TKey key, ulong hash, LateCause cause)
    {
        int lane = KeyGroups.LaneOf(KeyGroups.GroupOf(hash), _seen.Length);
        if (_causes[lane] != cause)
        {
            Flush(lane);
        }

        _causes[lane] = cause;
        _begun[lane].Add(Describe(timestamp, value, key, hash, cause));
        if (_begun[lane].Count == _batchSize)
        {
            Flush(lane);
        }
    }

    public void Add(Signal signal)
    {
        for (int lane = 0; lane < _seen.Length; lane++)
        {
            Flush(lane);
            _seen[lane].Add($"{signal}");
        }
    }

    private void Flush(int lane)
    {
        if (_begun[lane].Count > 0)
        {
            _seen[lane].Add(Describe(_begun[lane]));
            _begun[lane].Clear();
        }
    }
}
