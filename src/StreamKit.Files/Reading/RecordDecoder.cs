using System.Diagnostics.CodeAnalysis;

namespace StreamKit.Files.Reading;

/// <summary>Makes records of bytes, for one split.</summary>
internal abstract class RecordDecoder<T> : IDisposable
{
    /// <summary>Whether the first record of the file must have been seen before one further down makes sense.</summary>
    public virtual bool NeedsHeader => false;

    /// <summary>Forgets what was learnt from the file before.</summary>
    public virtual void StartFile()
    {
    }

    public virtual void Dispose()
    {
    }

    /// <summary>Takes notice of the header, without judging it, when reading begins further down.</summary>
    /// <param name="bytes">The bytes of the first records of the file, until
    /// <see cref="NeedsHeader"/> is false.</param>
    /// <param name="atFileStart">Whether they begin the file.</param>
    public virtual void LearnHeader(ReadOnlySpan<byte> bytes, bool atFileStart)
    {
    }

    /// <summary>Makes a record, or throws.</summary>
    /// <param name="bytes">The bytes, without the line end.</param>
    /// <param name="atFileStart">Whether they begin the file.</param>
    /// <param name="record">The record.</param>
    /// <returns>False if the bytes rightly yield no record.</returns>
    public abstract bool TryDecode(ReadOnlySpan<byte> bytes, bool atFileStart, [MaybeNullWhen(false)] out T record);
}
