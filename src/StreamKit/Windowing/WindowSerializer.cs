using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>Windows, by their bounds.</summary>
internal sealed class WindowSerializer : StateSerializer<Window>
{
    public override string Schema => "window";

    public override void Write(ref StateWriter writer, in Window value)
    {
        writer.Write(value.StartTime.Ticks);
        writer.Write(value.EndTime.Ticks);
    }

    public override Window Read(ref StateReader reader)
    {
        long start = reader.ReadInt64(), end = reader.ReadInt64();
        return end > start
            ? Window.OfTicks(start, end)
            : throw StateException.Damaged("a window ends before it starts");
    }

    private protected override IRows Rows => new ValueRows<Window>();
}
