using StreamKit.Time;

namespace StreamKit.Windowing;

/// <summary>Windows whose bounds do not depend on the records, given record by record all the same.</summary>
internal sealed class SlicedRecords<T>(SlicedAssigner inner) : IWindowAssigner<T>
{
    public void Assign(in T record, Timestamp timestamp, WindowCollector windows) =>
        inner.AddWindowsOf(inner.SliceOf(timestamp.Ticks), windows.Windows);
}
