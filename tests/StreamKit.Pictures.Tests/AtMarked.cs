using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Pictures.Tests;

/// <summary>A trigger of one's own: speaks at each marked record.</summary>
internal sealed class AtMarked : ITrigger<Reading, Unit>
{
    public Unit Create() => default;

    public TriggerResult OnRecord(ref Unit state, in Reading record, TriggerContext context) =>
        record.IsMarked ? TriggerResult.Fire : TriggerResult.Wait;

    public void Merge(ref Unit into, in Unit from)
    {
        // There is nothing to remember.
    }
}
