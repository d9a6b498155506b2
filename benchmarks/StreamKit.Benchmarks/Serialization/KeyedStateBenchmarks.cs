using System.Buffers;
using BenchmarkDotNet.Attributes;
using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Benchmarks.Serialization;

/// <summary>
/// A million keys with a count and a sum: as a snapshot, against copying the memory that they lie in.
/// </summary>
[MemoryDiagnoser]
public class KeyedStateBenchmarks
{
    private const int Entries = 1_000_000;

    private readonly (long Key, long Count, long Sum)[] _entries = new (long, long, long)[Entries];
    private readonly (long Key, long Count, long Sum)[] _copy = new (long, long, long)[Entries];
    private readonly StateTypes _types = new();
    private readonly SumAggregator<long, long> _sum = new(static value => value);
    private readonly ArrayBufferWriter<byte> _output = new(32 * Entries);
    private StateSchemas _schemas = new(new());
    private byte[] _written = [];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        foreach (ref (long Key, long Count, long Sum) entry in _entries.AsSpan())
        {
            long count = random.Next(1, 1_000);
            entry = (random.NextInt64(), count, count * random.Next(1, 10_000));
        }

        Write();
        _written = _output.WrittenSpan.ToArray();
        Console.WriteLine($"// {_written.Length / (double)Entries} bytes per entry");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Entries)]
    public void Copy() => _entries.AsSpan().CopyTo(_copy);

    [Benchmark(OperationsPerInvoke = Entries)]
    public int Write()
    {
        _output.ResetWrittenCount();
        _schemas = new(_types);
        var writer = new StateWriter(_output, _schemas);
        StateSerializer<long> keys = writer.Schema<long>();
        foreach (ref readonly (long Key, long Count, long Sum) entry in _entries.AsSpan())
        {
            writer.Payload(keys, in entry.Key);
            default(CountAggregator<long>).Write(ref writer, in entry.Count);
            _sum.Write(ref writer, in entry.Sum);
        }

        writer.Flush();
        return _output.WrittenCount;
    }

    [Benchmark(OperationsPerInvoke = Entries)]
    public long Read()
    {
        var reader = new StateReader(_written, _schemas);
        StateSerializer<long> keys = reader.Schema<long>();
        long check = 0;
        for (int i = 0; i < Entries; i++)
        {
            check += reader.Payload(keys);
            check += default(CountAggregator<long>).Read(ref reader);
            check += _sum.Read(ref reader);
        }

        return check;
    }
}
