namespace StreamKit.Files.Reading;

/// <summary>A form of files: how they are divided into records, and how bytes become one.</summary>
/// <param name="framing">Makes the divider of one file.</param>
/// <param name="decoder">Makes the decoder of one split.</param>
internal sealed class RecordFormat<T>(Func<Framing> framing, Func<RecordDecoder<T>> decoder)
{
    public Framing CreateFraming() => framing();

    public RecordDecoder<T> CreateDecoder() => decoder();
}
