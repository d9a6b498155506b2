using System.Diagnostics;
using StreamKit.Records;
using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Deals with the records that lie further in the future than the clock allows.</summary>
/// <param name="options">How far that is, and what becomes of them.</param>
/// <param name="future">Where they go, with the policy that says so.</param>
/// <param name="context">The surroundings.</param>
internal sealed class FutureGuard<T>(
    in WatermarkOptions options, Emitter<Late<T>>? future, OperatorContext context)
{
    private readonly FuturePolicy _policy = options.FuturePolicy;
    private readonly long? _skew = options.FutureSkewTicks;

    /// <summary>The latest timestamp that is allowed now.</summary>
    public long Latest => _skew is { } skew ? TickMath.Add(context.Clock.Now, skew) : long.MaxValue;

    /// <summary>Deals with one record and returns the index up to which the batch has been dealt with.</summary>
    public int Take(Batch<T> batch, int index, long latest, long watermark)
    {
        context.Counters.FutureRecords++;
        long ticks = batch.Timestamps[index];
        switch (_policy)
        {
            case FuturePolicy.Clamp:
                batch.Timestamps[index] = latest;
                return index;
            case FuturePolicy.Reject:
                var exception = new FutureTimestampException(new Timestamp(ticks), new Timestamp(latest));
                context.Report(exception, batch.Values[index], ticks);
                batch.RemoveAt(index);
                return index - 1;
            case FuturePolicy.SideOutput:
                future?.Emit(ticks, new Late<T>(
                    batch.Values[index],
                    new Timestamp(ticks),
                    new Timestamp(watermark),
                    [],
                    acceptedByOthers: false,
                    LateReason.FutureGuard));
                batch.RemoveAt(index);
                return index - 1;
            default:
                Debug.Assert(_policy == FuturePolicy.Keep, "there are four policies");
                return index;
        }
    }
}
