using StreamKit.Serialization;

namespace StreamKit.Operators;

/// <summary>The records of one key on one side of a slice as they are saved, in the order of their coming.</summary>
/// <param name="Values">The records.</param>
/// <param name="Timestamps">Their event times, where these are kept.</param>
internal readonly record struct JoinColumn<T>(T[] Values, long[] Timestamps)
{
    public static JoinColumn<T> Of(JoinRows<T> rows, JoinChain chain)
    {
        var column = new JoinColumn<T>(new T[chain.Count], rows.KeepsTimestamps ? new long[chain.Count] : []);
        for (int at = chain.Count - 1, number = chain.Last; at >= 0; at--, number = rows.At(number).Before)
        {
            column.Values[at] = rows.At(number).Value;
            if (rows.KeepsTimestamps)
            {
                column.Timestamps[at] = rows.TimestampOf(number);
            }
        }

        return column;
    }

    public static JoinColumn<T> Read(ref StateReader reader, bool keepsTimestamps)
    {
        T[] values = ListForm.Read<T>(ref reader);
        long[] timestamps = keepsTimestamps ? new long[values.Length] : [];
        for (int i = 0; i < timestamps.Length; i++)
        {
            timestamps[i] = reader.ReadInt64();
        }

        return new JoinColumn<T>(values, timestamps);
    }

    public void Write(ref StateWriter writer)
    {
        ListForm.Write<T>(ref writer, Values);
        foreach (long timestamp in Timestamps)
        {
            writer.Write(timestamp);
        }
    }

    public void AddTo(JoinRows<T> rows, ref JoinChain chain)
    {
        for (int i = 0; i < Values.Length; i++)
        {
            rows.Add(ref chain, Values[i], rows.KeepsTimestamps ? Timestamps[i] : 0);
        }
    }
}
