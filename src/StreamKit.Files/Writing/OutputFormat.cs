using StreamKit.Files.Reading;

namespace StreamKit.Files.Writing;

/// <summary>A form of files: how records become bytes, and how a file is divided that is written on.</summary>
/// <param name="encoder">Makes the encoder of one job.</param>
/// <param name="framing">Makes the divider of a file.</param>
internal sealed class OutputFormat<T>(Func<RecordEncoder<T>> encoder, Func<Framing> framing)
{
    public RecordEncoder<T> CreateEncoder() => encoder();

    public Framing CreateFraming() => framing();
}
