using StreamKit.Records;
using StreamKit.Windowing;

namespace StreamKit.Tests.Laws;

/// <summary>A trigger of a user that does what no trigger does for late records: each of them fires.</summary>
internal sealed class EachRecordTrigger<T> : ITrigger<T, Unit>
{
    public Unit Create() => default;

    public TriggerResult OnRecord(ref Unit state, in T record, TriggerContext context) => TriggerResult.Fire;

    public void Merge(ref Unit into, in Unit from)
    {
    }
}
