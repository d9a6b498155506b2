using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using StreamKit.Connectors;
using StreamKit.Files.Reading;
using StreamKit.Files.Writing;

namespace StreamKit.Files;

/// <summary>Sinks that write files; what they write, <see cref="FileSource"/> reads.</summary>
/// <remarks>
/// <para>
/// A path may be a pattern for <see cref="string.Format(IFormatProvider, string, object?, object?)"/>:
/// {0} is the number of the file, from 0, and {1} the instant (UTC) at which its span or its writing
/// begins, as in "counts-{1:yyyyMMdd-HH}-{0:000}.csv". Rolling needs {0}. Names that end in .gz are
/// compressed. The folder is created.
/// </para>
/// <para>
/// Records keep their order. A flush hands all bytes to the operating system, so that other processes can read them;
/// gzip pays for each flush with some compression. After a crash and a restart from a checkpoint, records that were
/// written since are written again: at least once.
/// </para>
/// </remarks>
public static class FileSink
{
    /// <summary>Writes strings as lines of UTF-8.</summary>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>
    /// A string that holds a line feed, or ends with a carriage return, would not come back as it was and is refused.
    /// </remarks>
    public static ISink<string> Lines(string path, FileSinkOptions? options = null) =>
        Create(path, options, () => new LineEncoder(), () => new LineFraming());

    /// <summary>Writes one JSON document per line.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="typeInfo">How a record becomes JSON, from a JsonSerializerContext.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>Documents are never indented, whatever the serializer's options say.</remarks>
    public static ISink<T> JsonLines<T>(string path, JsonTypeInfo<T> typeInfo, FileSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Create(path, options, () => new JsonEncoder<T>(typeInfo), () => new LineFraming());
    }

    /// <summary>Writes one JSON document per line, mapped by reflection.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="serializerOptions">How a record becomes JSON; null for the defaults of System.Text.Json.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>Documents are never indented, whatever the serializer's options say.</remarks>
    [RequiresUnreferencedCode(FileSource.JsonNeedsReflection)]
    [RequiresDynamicCode(FileSource.JsonNeedsReflection)]
    public static ISink<T> JsonLines<T>(
        string path, JsonSerializerOptions? serializerOptions = null, FileSinkOptions? options = null) =>
        JsonLines(path, FileSource.TypeInfo<T>(serializerOptions), options);

    /// <summary>Writes one CSV row per record, and the header once per file.</summary>
    /// <typeparam name="T">The type of the records; CsvHelper's attributes and class maps say what
    /// differs from the names.</typeparam>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="csv">The form of the files; null for comma, header and invariant culture.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    /// <remarks>Rows end with a line feed. CSV knows no null: it is written as an empty field.</remarks>
    [RequiresUnreferencedCode(FileSource.CsvNeedsReflection)]
    [RequiresDynamicCode(FileSource.CsvNeedsReflection)]
    public static ISink<T> Csv<T>(string path, CsvOptions? csv = null, FileSinkOptions? options = null)
    {
        CsvOptions form = (csv ?? new()).Validated();
        return Create(path, options, () => new CsvEncoder<T>(form), () => new CsvFraming(form.Delimiter));
    }

    /// <summary>Writes MessagePack objects, one behind the other, with the standard resolver.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    [RequiresUnreferencedCode(FileSource.MessagePackNeedsReflection)]
    [RequiresDynamicCode(FileSource.MessagePackNeedsReflection)]
    public static ISink<T> MessagePack<T>(string path, FileSinkOptions? options = null) =>
        MessagePack<T>(path, FileSource.MessagePackDefaults(), options);

    /// <summary>Writes MessagePack objects, one behind the other.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file, or the pattern of its names.</param>
    /// <param name="serializerOptions">The resolver and the compression of the objects.</param>
    /// <param name="options">How to write; null for the defaults.</param>
    public static ISink<T> MessagePack<T>(
        string path, MessagePackSerializerOptions serializerOptions, FileSinkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializerOptions);
        return Create(
            path, options, () => new MessagePackEncoder<T>(serializerOptions), () => new MessagePackFraming());
    }

    private static FileRecordSink<T> Create<T>(
        string path, FileSinkOptions? options, Func<RecordEncoder<T>> encoder, Func<Framing> framing)
    {
        FileSinkOptions write = (options ?? new()).Validated();
        return new FileRecordSink<T>(new FileNames(path, write), new OutputFormat<T>(encoder, framing), write);
    }
}
