using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Results of windows.</summary>
internal sealed class WindowResultSerializer<TKey, TValue> : StateSerializer<WindowResult<TKey, TValue>>
{
    public override string Schema => "window-result";

    public override void Write(ref StateWriter writer, in WindowResult<TKey, TValue> value)
    {
        writer.Value(value.Key);
        writer.Value(value.Window);
        writer.Value(value.Value);
        writer.Value(value.Pane);
    }

    public override WindowResult<TKey, TValue> Read(ref StateReader reader) => new(
        reader.Value<TKey>(), reader.Value<Window>(), reader.Value<TValue>(), reader.Value<Pane>());
}
