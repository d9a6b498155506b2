namespace StreamKit.Files.Writing;

/// <summary>Makes bytes of records, for one sink.</summary>
internal abstract class RecordEncoder<T> : IDisposable
{
    /// <summary>Writes what stands at the head of each file.</summary>
    public virtual void WriteHeader(RecordBytes to)
    {
    }

    /// <summary>Writes a record with all that ends it, or throws.</summary>
    public abstract void Write(T record, RecordBytes to);

    public virtual void Dispose()
    {
    }
}
