namespace StreamKit.Windowing;

/// <summary>Fires after so many records; the state counts those since it last did.</summary>
internal sealed class RecordsTrigger(long count) : BuiltInTrigger<long>
{
    /// <summary>Whether each record fires, which is what a late record does without a trigger.</summary>
    public bool IsEachRecord => count == 1;

    public override TriggerResult OnRecord(ref long state, TriggerContext context)
    {
        state++;
        if (state < count)
        {
            return TriggerResult.Wait;
        }

        state = 0;
        return TriggerResult.Fire;
    }

    public override void Merge(ref long into, in long from) => into += from;
}
