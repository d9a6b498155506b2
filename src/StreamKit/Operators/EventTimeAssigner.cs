using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Asks the user's delegate for the event time of every record of a batch.</summary>
internal sealed class EventTimeAssigner<T>(Func<T, Timestamp> selector, OperatorContext context)
{
    private readonly Func<T, Timestamp> _selector = selector;

    // The record that the delegate is being asked about, for whoever catches what it throws.
    private int _at;

    /// <summary>Gives every record its event time; those that have none are reported and taken out.</summary>
    public void Assign(Batch<T> batch)
    {
        _at = 0;
        while (_at < batch.Count)
        {
            try
            {
                AssignRest(batch);
            }
            catch (Exception exception)
            {
                context.Report(exception, batch.Values[_at], long.MinValue);
                batch.RemoveAt(_at);
            }
        }
    }

    // Apart from the handler, because the JIT keeps in memory what one could look at.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AssignRest(Batch<T> batch)
    {
        ref T values = ref MemoryMarshal.GetArrayDataReference(batch.Values);
        ref long timestamps = ref MemoryMarshal.GetArrayDataReference(batch.Timestamps);
        int count = batch.Count;
        for (int i = _at; i < count; i++)
        {
            _at = i;
            long ticks = _selector(Unsafe.Add(ref values, i)).Ticks;

            // From the highest value it is one step to the lowest.
            if (unchecked((ulong)(ticks - long.MaxValue)) <= 1)
            {
                throw new InvalidOperationException("The event time of a record is one of the two reserved values.");
            }

            Unsafe.Add(ref timestamps, i) = ticks;
        }

        _at = count;
    }
}
