using StreamKit.Serialization;
using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Fires at each record, but leaves so much processing time between two firings.</summary>
internal sealed class UpdateTrigger(long throttle) : BuiltInTrigger<UpdateTrigger.State>
{
    public override TriggerResult OnRecord(ref State state, TriggerContext context)
    {
        if (context.ProcessingTimer is not null)
        {
            return TriggerResult.Wait;
        }

        long next = state.HasFired ? TickMath.Add(state.LastFired, throttle) : long.MinValue;
        if (next > context.ProcessingTime.Ticks)
        {
            context.SetProcessingTimer(new Timestamp(next));
            return TriggerResult.Wait;
        }

        return Fire(ref state, context);
    }

    public override TriggerResult OnTimer(ref State state, TriggerContext context) => Fire(ref state, context);

    public override void Merge(ref State into, in State from)
    {
        if (from.HasFired && (!into.HasFired || from.LastFired > into.LastFired))
        {
            into = from;
        }
    }

    private static TriggerResult Fire(ref State state, TriggerContext context)
    {
        state = new State { HasFired = true, LastFired = context.ProcessingTime.Ticks };
        return TriggerResult.Fire;
    }

    [StateSerializer(typeof(UpdateTriggerSerializer))]
    internal struct State
    {
        public bool HasFired;
        public long LastFired;
    }
}
