using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Asks the user's delegate for the event time of every record of a batch.</summary>
internal sealed class EventTimeAssigner<T>(Func<T, Timestamp> selector, OperatorContext context)
{
    /// <summary>Gives every record its event time; those that have none are reported and taken out.</summary>
    public void Assign(Batch<T> batch)
    {
        int at = 0;
        while (!AssignFrom(batch, ref at))
        {
            batch.RemoveAt(at);
        }
    }

    private bool AssignFrom(Batch<T> batch, ref int at)
    {
        ReadOnlySpan<T> values = batch.Values.AsSpan(0, batch.Count);
        long[] timestamps = batch.Timestamps;
        int i = at;
        try
        {
            for (; i < values.Length; i++)
            {
                long ticks = selector(values[i]).Ticks;
                if (ticks is long.MinValue or long.MaxValue)
                {
                    throw new InvalidOperationException(
                        "The event time of a record is one of the two reserved values.");
                }

                timestamps[i] = ticks;
            }

            return true;
        }
        catch (Exception exception)
        {
            context.Report(exception, values[i], long.MinValue);
            return false;
        }
        finally
        {
            at = i;
        }
    }
}
