namespace StreamKit.Serialization;

/// <summary>The one layout of all that is a row of values: how many, of what schema, and the values.</summary>
internal static class ListForm
{
    public const string Schema = "list";

    public static void Write<T>(ref StateWriter writer, ReadOnlySpan<T> values)
    {
        writer.Write(values.Length);
        if (values.Length == 0)
        {
            return;
        }

        StateSerializer<T> serializer = writer.Schema<T>();
        foreach (ref readonly T value in values)
        {
            writer.Payload(serializer, in value);
        }
    }

    public static T[] Read<T>(ref StateReader reader)
    {
        int count = reader.ReadCount();
        if (count == 0)
        {
            return [];
        }

        StateSerializer<T> serializer = reader.Schema<T>();
        T[] values = new T[Math.Min(count, FirstRoom)];
        for (int i = 0; i < count; i++)
        {
            if (i == values.Length)
            {
                Array.Resize(ref values, (int)Math.Min(count, values.Length * 2L));
            }

            values[i] = reader.Payload(serializer);
        }

        return values;
    }

    // A value may be large in memory and one byte in the state, so room is made as values come.
    private const int FirstRoom = 1024;
}
