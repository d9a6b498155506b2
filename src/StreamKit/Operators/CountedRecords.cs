using StreamKit.Aggregation;
using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>What windows by count hold of one key.</summary>
/// <remarks>
/// Records are added to runs of equal length, of which every window is a whole number: where windows do not overlap, a
/// run is a window; where they do, it is as long as the greatest common divisor of size and distance, and the row of
/// full runs slides.
/// </remarks>
internal sealed class CountedRecords<TAcc, TMonoid>(TMonoid monoid, SlidingForm form)
    where TMonoid : struct, IMonoid<TAcc>
{
    private SlidingAggregate<TAcc, TMonoid>? _runs;
    private SlidingAggregate<Extent, ExtentMonoid>? _extents;

    /// <summary>The records that have come, those that belong to no window included.</summary>
    public long Count { get; set; }

    /// <summary>The run that is not full yet.</summary>
    public TAcc Open = monoid.Create();

    public int OpenCount { get; set; }

    public Extent OpenExtent { get; set; } = Extent.None;

    /// <summary>Puts the open run, which is full, into the row.</summary>
    public void CloseRun(long number)
    {
        (_runs ??= new(monoid, form)).Add(number, Open);
        (_extents ??= new(default, SlidingForm.TwoStacks)).Add(number, OpenExtent);
        EmptyRun();
    }

    public void EmptyRun() => (Open, OpenCount, OpenExtent) = (monoid.Create(), 0, Extent.None);

    public void ForgetRunsBefore(long number)
    {
        _runs?.RemoveBefore(number);
        _extents?.RemoveBefore(number);
    }

    /// <summary>All full runs and the open one.</summary>
    public TAcc Total()
    {
        if (_runs is not { IsEmpty: false } runs)
        {
            return Open;
        }

        if (OpenCount == 0)
        {
            return runs.Total();
        }

        TAcc total = monoid.Create();
        monoid.Merge(ref total, runs.Total());
        monoid.Merge(ref total, in Open);
        return total;
    }

    public void Write(ref StateWriter writer)
    {
        writer.Write(Count);
        writer.Write(OpenCount);
        monoid.Write(ref writer, in Open);
        default(ExtentMonoid).Write(ref writer, OpenExtent);
        writer.Write(_runs is not null);
        if (_runs is not null)
        {
            _runs.Write(ref writer);
            _extents!.Write(ref writer); // They come together.
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; these records are new.</summary>
    /// <exception cref="StateException">The bytes are not such records.</exception>
    public void Read(ref StateReader reader)
    {
        (Count, OpenCount) = (reader.ReadInt64(), reader.ReadInt32());
        Open = monoid.Read(ref reader);
        OpenExtent = default(ExtentMonoid).Read(ref reader);
        if (Count < 0 || OpenCount < 0)
        {
            throw StateException.Damaged("fewer than no records have come");
        }

        if (reader.ReadBoolean())
        {
            (_runs = new(monoid, form)).Read(ref reader);
            (_extents = new(default, SlidingForm.TwoStacks)).Read(ref reader);
        }
    }

    public Extent TotalExtent() =>
        _extents is { IsEmpty: false } extents ? extents.Total().With(OpenExtent) : OpenExtent;
}
