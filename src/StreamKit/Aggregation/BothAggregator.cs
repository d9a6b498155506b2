using System.Runtime.CompilerServices;
using StreamKit.Records;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>Two aggregators over the same records in one pass.</summary>
internal readonly struct BothAggregator<TIn, TFirst, TFirstAggregator, TSecond, TSecondAggregator>(
    TFirstAggregator first,
    TSecondAggregator second) : IWindowAggregator<TIn, Both<TFirst, TSecond>, Unit>
    where TFirstAggregator : struct, IWindowAggregator<TIn, TFirst, Unit>
    where TSecondAggregator : struct, IWindowAggregator<TIn, TSecond, Unit>
{
    private readonly TFirstAggregator _first = first;
    private readonly TSecondAggregator _second = second;

    public SlidingForm SlidingForm => (_first.SlidingForm, _second.SlidingForm) switch
    {
        (SlidingForm.Recomputed, _) or (_, SlidingForm.Recomputed) => SlidingForm.Recomputed,
        (SlidingForm.Subtracted, SlidingForm.Subtracted) => SlidingForm.Subtracted,
        _ => SlidingForm.TwoStacks,
    };

    public Both<TFirst, TSecond> Create() => new() { First = _first.Create(), Second = _second.Create() };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref Both<TFirst, TSecond> accumulator, in TIn record, in long timestamp)
    {
        _first.Add(ref accumulator.First, in record, in timestamp);
        _second.Add(ref accumulator.Second, in record, in timestamp);
    }

    public void AddRun(Accumulators<Both<TFirst, TSecond>> accumulators, Run<TIn> run)
    {
        ref Both<TFirst, TSecond> first = ref accumulators.First;
        _first.AddRun(new Accumulators<TFirst>(ref first.First, accumulators.Stride), run);
        _second.AddRun(new Accumulators<TSecond>(ref first.Second, accumulators.Stride), run);
    }

    public void Merge(ref Both<TFirst, TSecond> into, in Both<TFirst, TSecond> from)
    {
        _first.Merge(ref into.First, in from.First);
        _second.Merge(ref into.Second, in from.Second);
    }

    public void Remove(ref Both<TFirst, TSecond> from, in Both<TFirst, TSecond> other)
    {
        _first.Remove(ref from.First, in other.First);
        _second.Remove(ref from.Second, in other.Second);
    }

    public Unit Result(in Both<TFirst, TSecond> accumulator)
    {
        _first.Result(in accumulator.First);
        return _second.Result(in accumulator.Second);
    }

    public bool IsPlain => _first.IsPlain && _second.IsPlain;

    public void DeclareNeeds(StateNeeds needs)
    {
        _first.DeclareNeeds(needs);
        _second.DeclareNeeds(needs);
    }

    public void Write(ref StateWriter writer, in Both<TFirst, TSecond> accumulator)
    {
        _first.Write(ref writer, in accumulator.First);
        _second.Write(ref writer, in accumulator.Second);
    }

    public Both<TFirst, TSecond> Read(ref StateReader reader) =>
        new() { First = _first.Read(ref reader), Second = _second.Read(ref reader) };
}
