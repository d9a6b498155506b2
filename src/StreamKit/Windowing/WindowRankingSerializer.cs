using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Rankings of windows.</summary>
internal sealed class WindowRankingSerializer<TKey, TValue> : StateSerializer<WindowRanking<TKey, TValue>?>
{
    public override string Schema => "window-ranking";

    public override void Write(ref StateWriter writer, in WindowRanking<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNull();
            return;
        }

        writer.Value(value.Window);
        writer.Value(value.Items);
        writer.Value(value.Pane);
    }

    public override WindowRanking<TKey, TValue>? Read(ref StateReader reader) => reader.TryReadNull()
        ? null
        : new(
            reader.Value<Window>(),
            reader.Value<IReadOnlyList<WindowResult<TKey, TValue>>?>() ?? [],
            reader.Value<Pane>());
}
