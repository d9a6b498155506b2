using StreamKit.Aggregation;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Scaling;

/// <summary>The sum of the digests of all records: an aggregate that computes for long.</summary>
internal sealed class DigestAggregator(int rounds) : IAggregator<Event, ulong, ulong>
{
    public ulong Create() => 0;

    public void Add(ref ulong accumulator, in Event record) => accumulator += Arithmetic.Digest(record.Value, rounds);

    public void Merge(ref ulong into, in ulong from) => into += from;

    public ulong Result(in ulong accumulator) => accumulator;
}
