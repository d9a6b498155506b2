namespace StreamKit.Http.Output;

/// <summary>Makes frames of records that stand for themselves.</summary>
internal sealed class RecordFrames<T>(RecordSerializer<T> serializer, bool isPaced, int maxRecords) : FrameSource<T>
{
    private readonly Queue<T> _waiting = new();

    public override bool HasKeys => false;

    public override int Count => _waiting.Count;

    // Where frames come by the clock they cannot come when it is full.
    public override bool IsFull => !isPaced && _waiting.Count == maxRecords;

    public override int Add(T record)
    {
        int dropped = 0;
        if (_waiting.Count == maxRecords)
        {
            _waiting.Dequeue();
            dropped = 1;
        }

        _waiting.Enqueue(record);
        return dropped;
    }

    public override byte[]? TakeFrame()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        serializer.Begin();
        while (_waiting.TryDequeue(out T? record))
        {
            serializer.Add(record);
        }

        return serializer.End();
    }

    public override byte[]? TakeSnapshot() => null;
}
