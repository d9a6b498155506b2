namespace StreamKit.Operators;

/// <summary>The records of one key as lists: by event time, and by arrival among equals.</summary>
internal static class JoinLists
{
    public static TLeft[] LeftOf<TKey, TLeft, TRight>(JoinCursor<TKey, TLeft, TRight> records)
    {
        int count = 0;
        foreach (JoinRun<TKey, TLeft, TRight> run in records.Runs)
        {
            count += run.Slice.Left.CountOf(run.Last.Left);
        }

        var list = new TLeft[count];
        int at = 0;
        foreach (JoinRun<TKey, TLeft, TRight> run in records.Runs)
        {
            at += Fill(list.AsSpan(at), run.Slice.Left, run.Last.Left);
        }

        return list;
    }

    public static TRight[] RightOf<TKey, TLeft, TRight>(JoinCursor<TKey, TLeft, TRight> records)
    {
        int count = 0;
        foreach (JoinRun<TKey, TLeft, TRight> run in records.Runs)
        {
            count += run.Slice.Right.CountOf(run.Last.Right);
        }

        var list = new TRight[count];
        int at = 0;
        foreach (JoinRun<TKey, TLeft, TRight> run in records.Runs)
        {
            at += Fill(list.AsSpan(at), run.Slice.Right, run.Last.Right);
        }

        return list;
    }

    // Slices come by start and do not overlap, so each is put in order for itself.
    private static int Fill<T>(Span<T> list, JoinRows<T> rows, int last)
    {
        int count = rows.CountOf(last);
        if (count == 0)
        {
            return 0;
        }

        var order = new (long Timestamp, int Number)[count];
        int number = rows.FirstOf(last);
        bool inOrder = true;
        for (int i = 0; i < count; i++)
        {
            order[i] = (rows.TimestampOf(number), number);
            inOrder &= i == 0 || order[i - 1].Timestamp <= order[i].Timestamp;
            number = rows.At(number).Next;
        }

        if (!inOrder)
        {
            Array.Sort(order); // Numbers grow with arrival.
        }

        for (int i = 0; i < count; i++)
        {
            list[i] = rows.At(order[i].Number).Value;
        }

        return count;
    }
}
