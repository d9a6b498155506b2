using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Which slice some keys were saved in. The windows over it follow from its bounds.</summary>
/// <param name="Bounds">The bounds.</param>
/// <param name="FirstEnd">The end of the window that closes first.</param>
/// <param name="Windows">How many windows there are over it; with the two above, it tells other windows.</param>
/// <param name="HasEntered">Whether it is a part of what rolls from window to window.</param>
internal readonly record struct SavedSlice(Window Bounds, long FirstEnd, int Windows, bool HasEntered)
{
    public static SavedSlice Read(ref StateReader reader) =>
        new(reader.Value<Window>(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadBoolean());

    public void Write(ref StateWriter writer)
    {
        writer.Value(Bounds);
        writer.Write(FirstEnd);
        writer.Write(Windows);
        writer.Write(HasEntered);
    }
}
