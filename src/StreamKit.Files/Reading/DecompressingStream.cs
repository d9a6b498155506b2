namespace StreamKit.Files.Reading;

/// <summary>The content of a compressed file, up to its end or to the first damage.</summary>
/// <remarks>
/// Damage ends the stream instead of throwing, so that the records before it are delivered first; then it is in
/// <see cref="Fault"/>.
/// </remarks>
internal abstract class DecompressingStream : InputStream
{
    /// <summary>What is wrong with the file; null as long as nothing is.</summary>
    public InvalidDataException? Fault { get; protected set; }
}
