using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StreamKit.Connectors;

namespace StreamKit.Files.Tests;

/// <summary>
/// Whatever the bytes are, reading them ends, throws nothing, and says about each report where it belongs.
/// </summary>
public class ByteSoupProperties
{
    private static readonly string[] Extensions = ["", ".gz", ".br"];

    private static readonly Gen<(Format Format, string Extension, bool Packed, FileSourceOptions Options)> Ways =
        from format in Gen.Elements(Format.All)
        from extension in Gen.Elements(Extensions)
        from packed in Gen.Elements(false, true)
        from buffer in Gen.Elements(16, 4096)
        from most in Gen.Elements(5, 1000)
        from skip in Gen.Elements(false, true)
        select (format, extension, packed,
            new FileSourceOptions { BufferBytes = buffer, MaxLineBytes = most, SkipEmptyLines = skip });

    [Property(MaxTest = 500)]
    public Property AnyBytesAreReadToTheEnd() => Prop.ForAll(
        Arbitraries.Soup,
        Ways.ToArbitrary(),
        (bytes, way) => Task.Run(() =>
            EndsAsync(bytes, way.Format, way.Extension, way.Packed, way.Options)).GetAwaiter().GetResult());

    /// <summary>Every byte of a file of lines is a record's, a line end's or a report's: nothing vanishes.</summary>
    [Property(MaxTest = 300)]
    public Property NoByteOfAFileOfLinesVanishes() => Prop.ForAll(
        Arbitraries.Soup,
        Gen.Elements(1, 7, 1000).ToArbitrary(),
        (bytes, most) => Task.Run(async () =>
        {
            using var folder = new TestFolder();
            var options = new FileSourceOptions { MaxLineBytes = most, SkipEmptyLines = false, BufferBytes = 16 };
            (IReadOnlyList<byte[]> lines, IReadOnlyList<BadRecord> bad) =
                await Written.ReadAsync(FileSource.Lines<byte[]>(
                folder.Write("soup", bytes), (line, out record) =>
                {
                    record = line.ToArray();
                    return true;
                }, options));
            int expected = bytes.Count(b => b == '\n') + (bytes.Length > 0 && bytes[^1] != '\n' ? 1 : 0);
            return lines.Count + bad.Count == expected && lines.All(l => l.Length <= most);
        }).GetAwaiter().GetResult());

    private static async Task<bool> EndsAsync(
        byte[] bytes, Format format, string extension, bool packed, FileSourceOptions options)
    {
        using var folder = new TestFolder();
        byte[] content = (packed, extension) switch
        {
            (true, ".gz") => TestFolder.Gzip(bytes),
            (true, ".br") => TestFolder.Brotli(bytes),
            _ => bytes,
        };
        string path = folder.Write("soup" + extension, content);
        (_, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(format.Source(path, options));
        return bad.All(b => b.Split == path
            && b.Position!.StartsWith("o=", StringComparison.Ordinal)
            && b.Bytes.Length <= Math.Max(1024, options.MaxLineBytes)
            && b.Exception.Message.Contains(path, StringComparison.Ordinal));
    }
}
