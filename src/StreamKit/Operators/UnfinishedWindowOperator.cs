using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// Stands behind a window operator in processing time and drops what windows say only because the input has ended.
/// </summary>
/// <remarks>
/// Windows fire on time when the clock has come to their end. One that says "on time" before that was fired by the end
/// of time. So the window operator cleans up as ever, and need not know.
/// </remarks>
internal sealed class UnfinishedWindowOperator<TKey, TOut>(
    Receiver<Batch<WindowResult<TKey, TOut>>> next,
    ProcessingClock clock,
    OperatorContext context)
    : Operator<Batch<WindowResult<TKey, TOut>>, Batch<WindowResult<TKey, TOut>>>(next, context)
{
    public override bool OnBatch(Batch<WindowResult<TKey, TOut>> batch)
    {
        int kept = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            if (!IsUnfinished(batch.Values[i]))
            {
                (batch.Timestamps[kept], batch.Values[kept]) = (batch.Timestamps[i], batch.Values[i]);
                kept++;
            }
        }

        Context.Counters.RecordsOut -= batch.Count - kept;
        Context.Counters.DroppedRecords += batch.Count - kept;
        batch.SetCount(kept);
        if (kept == 0)
        {
            batch.Return();
        }
        else
        {
            Out.Push(batch);
        }

        return !Out.IsBlocked;
    }

    private bool IsUnfinished(in WindowResult<TKey, TOut> result) =>
        result.Pane.Timing == PaneTiming.OnTime && result.Window.EndTime.Ticks > clock.Told;
}
