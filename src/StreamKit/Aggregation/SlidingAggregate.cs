using System.Diagnostics;
using StreamKit.Serialization;

namespace StreamKit.Aggregation;

/// <summary>
/// A row of accumulators in ascending time that grows at one end, shrinks at the other, and knows the total.
/// </summary>
/// <remarks>
/// <para>
/// The form of two stacks is that of K. Tangwongsan, M. Hirzel, S. Schneider and K.-L. Wu, "General incremental
/// sliding-window aggregation", PVLDB 8(7), 2015: the older part, the front, carries at each place the total from there
/// to the front's end; the total of what came after it is one more accumulator. When the front is used up, all that is
/// there becomes the front. Every accumulator is merged a constant number of times in the long run, older ones first,
/// so merging need not commute. A single total can cost as many merges as there are accumulators.
/// </para>
/// <para>
/// Totals are computed when they are asked for. The parts are the state; all else can be computed from them again,
/// and is after a merge that failed, or after a part came in the middle.
/// </para>
/// </remarks>
internal sealed class SlidingAggregate<TAcc, TMonoid>(TMonoid monoid, SlidingForm form)
    where TMonoid : struct, IMonoid<TAcc>
{
    private const int SmallestCapacity = 4;

    // A ring; its length is a power of two.
    private Part[] _parts = new Part[SmallestCapacity];
    private int _head;
    private int _count;

    // So many of the oldest parts are the front, and so many are in the front or in the sum.
    private int _front;
    private int _merged;
    private TAcc _sum = monoid.Create();

    public int Count => _count;

    public bool IsEmpty => _count == 0;

    /// <summary>The times of the parts, ascending.</summary>
    public IEnumerable<long> Times
    {
        get
        {
            for (int i = 0; i < _count; i++)
            {
                yield return At(i).Time;
            }
        }
    }

    /// <summary>Adds a part at its place; true where that is a place of its own, false where it was merged.</summary>
    /// <remarks>
    /// The part belongs to the row from now on. At the newest end it costs nothing but room; in the middle all that
    /// was merged is forgotten. A merge that fails is undone.
    /// </remarks>
    public bool Add(long time, TAcc part)
    {
        int at = _count;
        while (at > 0 && At(at - 1).Time > time)
        {
            at--;
        }

        if (at > 0 && At(at - 1).Time == time)
        {
            MergeInto(at - 1, in part);
            return false;
        }

        Insert(at, new Part { Time = time, Own = part });
        return true;
    }

    /// <summary>Removes the parts that are older than an instant.</summary>
    public void RemoveBefore(long time)
    {
        while (_count > 0 && At(0).Time < time)
        {
            RemoveOldest();
        }

        if (_count == 0)
        {
            Forget();
        }

        Shrink();
        AssertInvariants();
    }

    /// <summary>
    /// The total of all parts, to be read only; what merging throws comes through, and may be tried again.
    /// </summary>
    public TAcc Total()
    {
        Debug.Assert(_count > 0, "nothing has no total");
        try
        {
            if (form == SlidingForm.Recomputed)
            {
                Forget();
            }
            else if (form == SlidingForm.TwoStacks && _front == 0)
            {
                Flip();
            }

            for (; _merged < _count; _merged++)
            {
                monoid.Merge(ref _sum, in At(_merged).Own);
            }
        }
        catch
        {
            Forget();
            throw;
        }

        AssertInvariants();
        return _front == 0 ? _sum : OfFrontAndSum();
    }

    /// <summary>Writes the parts, and how far they were merged.</summary>
    public void Write(ref StateWriter writer)
    {
        writer.Write(_count);
        writer.Write(_front);
        writer.Write(_merged);
        for (int i = 0; i < _count; i++)
        {
            writer.Write(At(i).Time);
            monoid.Write(ref writer, in At(i).Own);
        }
    }

    /// <summary>Reads a row that was written; this one is new.</summary>
    /// <remarks>
    /// Totals are merged again just as they were, so that also those that depend on it, as sums of doubles do in their
    /// last digits, are the same.
    /// </remarks>
    /// <exception cref="StateException">The bytes are not a row.</exception>
    public void Read(ref StateReader reader)
    {
        Debug.Assert(IsEmpty, "a row is read into a new one");
        int count = reader.ReadCount(), front = reader.ReadInt32(), merged = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            long time = reader.ReadInt64();
            TAcc part = monoid.Read(ref reader);
            if (i > 0 && time <= At(i - 1).Time)
            {
                throw StateException.Damaged("the parts of a row are out of order");
            }

            Insert(i, new Part { Time = time, Own = part });
        }

        if (front < 0 || front > merged || merged > count)
        {
            throw StateException.Damaged("a row has merged what it does not hold");
        }

        MergeAgain(front, merged);
        AssertInvariants();
    }

    // Where it fails, it fails again when the total is asked for.
    private void MergeAgain(int front, int merged)
    {
        try
        {
            if (form == SlidingForm.TwoStacks)
            {
                Stack(front);
            }

            for (; _merged < merged; _merged++)
            {
                monoid.Merge(ref _sum, in At(_merged).Own);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            Forget();
        }
    }

    private TAcc OfFrontAndSum()
    {
        if (_merged == _front)
        {
            return At(0).FromHere;
        }

        TAcc total = monoid.Create();
        monoid.Merge(ref total, in At(0).FromHere);
        monoid.Merge(ref total, in _sum);
        return total;
    }

    private void Flip() => Stack(_count);

    // Makes so many of the oldest the front.
    private void Stack(int front)
    {
        for (int i = front - 1; i >= 0; i--)
        {
            TAcc fromHere = monoid.Create();
            monoid.Merge(ref fromHere, in At(i).Own);
            if (i + 1 < front)
            {
                monoid.Merge(ref fromHere, in At(i + 1).FromHere);
            }

            At(i).FromHere = fromHere;
        }

        (_front, _merged) = (front, front);
        _sum = monoid.Create();
    }

    private void Forget()
    {
        (_front, _merged) = (0, 0);
        _sum = monoid.Create();
    }

    private void MergeInto(int at, in TAcc part)
    {
        ref TAcc own = ref At(at).Own;
        TAcc before = own;
        try
        {
            monoid.Merge(ref own, in part);
        }
        catch
        {
            own = before;
            throw;
        }

        if (at < _merged)
        {
            Forget();
        }
    }

    private void Insert(int at, Part part)
    {
        if (_count == _parts.Length)
        {
            Resize(checked(_parts.Length * 2));
        }

        if (at < _merged)
        {
            Forget();
        }

        for (int i = _count++; i > at; i--)
        {
            At(i) = At(i - 1);
        }

        At(at) = part;
    }

    private void RemoveOldest()
    {
        if (_front > 0)
        {
            _front--;
            _merged--;
        }
        else if (_merged > 0 && !TrySubtract(in At(0).Own))
        {
            Forget();
        }

        At(0) = default;
        _head = (_head + 1) & (_parts.Length - 1);
        _count--;
    }

    // Where it fails the next total is made from the parts that are left; if these are what is wrong, it says so.
    private bool TrySubtract(in TAcc oldest)
    {
        if (form != SlidingForm.Subtracted)
        {
            return false;
        }

        try
        {
            monoid.Remove(ref _sum, in oldest);
            _merged--;
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }

    private void Shrink()
    {
        if (_parts.Length > SmallestCapacity && _count <= _parts.Length / 4)
        {
            Resize(_parts.Length / 2);
        }
    }

    private void Resize(int capacity)
    {
        var parts = new Part[capacity];
        for (int i = 0; i < _count; i++)
        {
            parts[i] = At(i);
        }

        (_parts, _head) = (parts, 0);
    }

    private ref Part At(int index) => ref _parts[(_head + index) & (_parts.Length - 1)];

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_front <= _merged, "the front is merged");
        Debug.Assert(_merged <= _count, "only what is there is merged");
        Debug.Assert(_front == 0 || form == SlidingForm.TwoStacks, "only two stacks have a front");
    }

    private struct Part
    {
        public long Time;
        public TAcc Own;
        public TAcc FromHere;
    }
}
