using System.Numerics;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>The sum of exact numbers; a sum outside the type's range is an error, not a wrong number.</summary>
internal readonly struct SumAggregator<TIn, TNumber>(Func<TIn, TNumber> selector)
    : IInvertibleAggregator<TIn, TNumber, TNumber>, IWindowAggregator<TIn, TNumber, TNumber>
    where TNumber : INumberBase<TNumber>
{
    private readonly Func<TIn, TNumber> _selector = selector;

    // A decimal rounds beyond 28 digits, so taking a term away would not always leave the sum of the others.
    public SlidingForm SlidingForm =>
        typeof(TNumber) == typeof(long) ? SlidingForm.Subtracted : SlidingForm.TwoStacks;

    public TNumber Create() => TNumber.Zero;

    public void Add(ref TNumber accumulator, in TIn record)
    {
        // Before the sum is read: what is kept while the user's code runs has to be kept in memory.
        TNumber term = _selector(record);
        accumulator = checked(accumulator + term);
    }

    public void Add(ref TNumber accumulator, in TIn record, in long timestamp) => Add(ref accumulator, in record);

    public void AddRun(Accumulators<TNumber> accumulators, Run<TIn> run)
    {
        Func<TIn, TNumber> selector = _selector;
        if (run.IsOne)
        {
            AddAll(selector, ref accumulators[run.Indexes[0]], run);
            return;
        }

        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            TNumber term = selector(run.Records[i]);
            ref TNumber accumulator = ref accumulators[run.Indexes[i]];
            accumulator = checked(accumulator + term);
        }
    }

    public void Merge(ref TNumber into, in TNumber from) => into = checked(into + from);

    public void Remove(ref TNumber from, in TNumber other) => from = checked(from - other);

    public TNumber Result(in TNumber accumulator) => accumulator;

    public void DeclareNeeds(StateNeeds needs) => needs.Add<TNumber>();

    public void Write(ref StateWriter writer, in TNumber accumulator) => writer.Value(in accumulator);

    public TNumber Read(ref StateReader reader) => reader.Value<TNumber>();

    // The sum so far is only written: reading it back each time would take longer than all the rest.
    private static void AddAll(Func<TIn, TNumber> selector, ref TNumber accumulator, Run<TIn> run)
    {
        TNumber sum = accumulator;
        for (int i = 0; i < run.Records.Length; i++)
        {
            run.At(i);
            sum = checked(sum + selector(run.Records[i]));
            accumulator = sum;
        }
    }
}
