namespace StreamKit.Http.Ingest;

/// <summary>Something in a body that is no record.</summary>
/// <param name="Index">Its place among the records of the body, from 0.</param>
/// <param name="At">The byte of the body that is wrong, or where the record begins.</param>
/// <param name="Bytes">The bytes of the record, as far as they are kept.</param>
/// <param name="Exception">What is wrong.</param>
internal sealed record MalformedRecord(int Index, long At, byte[] Bytes, Exception Exception)
{
    /// <summary>What is wrong, without the place in the record, which nobody has who sent a body.</summary>
    public string Detail =>
        Exception.Message.IndexOf(" | LineNumber:", StringComparison.Ordinal) is >= 0 and var end
            ? Exception.Message[..end]
            : Exception.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is >= 0 and var plain
                ? Exception.Message[..plain]
                : Exception.Message;
}
