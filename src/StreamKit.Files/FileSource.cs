using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using MessagePack;
using StreamKit.Connectors;
using StreamKit.Files.Reading;

namespace StreamKit.Files;

/// <summary>Sources that read files.</summary>
/// <remarks>
/// <para>
/// A path names a file, or with * and ? in its last part all files of a folder that match; each is a split named after
/// its full path, unless <see cref="FileSourceOptions.Splits"/> says otherwise. Files that end in .gz or .br are
/// decompressed, gzip files of several members included.
/// </para>
/// <para>
/// Opening fails with a <see cref="FileNotFoundException"/> when the file does not exist or the pattern matches none; a
/// followed pattern waits for its first file. What is no record goes to the error policy of the job with its position
/// ("o=1234;l=17": byte 1234 of the content, line 17) and its first KiB, and reading goes on behind it. A last line
/// without a line end is a line if it can be read as a record. Every position can be read again.
/// </para>
/// </remarks>
public static class FileSource
{
    internal const string CsvNeedsReflection =
        "CsvHelper maps columns to properties by reflection and compiled expressions.";

    internal const string JsonNeedsReflection =
        "JSON is mapped by reflection; pass a JsonTypeInfo<T> of a JsonSerializerContext instead.";

    internal const string MessagePackNeedsReflection =
        "The standard resolver of MessagePack emits code; pass options with a generated resolver instead.";

    /// <summary>Reads text line by line.</summary>
    /// <param name="path">The file or pattern.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <returns>The lines without their line ends (a line feed, or a carriage return and a line feed).</returns>
    /// <example><code>StreamBuilder.Create("log").From(FileSource.Lines("app*.log"), "lines")</code></example>
    public static ISource<string> Lines(string path, FileSourceOptions? options = null) =>
        Lines<string>(path, ToText, options);

    /// <summary>Reads text line by line and lets a parser make the records.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="parser">Makes a record of a line, passes over it, or throws if the line is wrong.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    public static ISource<T> Lines<T>(string path, LineParser<T> parser, FileSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parser);
        FileSourceOptions read = (options ?? new()).Validated();
        return Create(path, read, () => new LineFraming(), () => new LineDecoder<T>(parser, read.SkipEmptyLines));
    }

    /// <summary>Reads one JSON document per line.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="typeInfo">How the JSON becomes a record, from a JsonSerializerContext.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    public static ISource<T> JsonLines<T>(string path, JsonTypeInfo<T> typeInfo, FileSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(typeInfo);
        FileSourceOptions read = (options ?? new()).Validated();
        return Create(path, read, () => new LineFraming(), () => new JsonDecoder<T>(typeInfo, read.SkipEmptyLines));
    }

    /// <summary>Reads one JSON document per line, mapped by reflection.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="serializerOptions">How the JSON becomes a record; null for
    /// the defaults of System.Text.Json.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>JSON null is no record.</remarks>
    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    public static ISource<T> JsonLines<T>(
        string path, JsonSerializerOptions? serializerOptions = null, FileSourceOptions? options = null) =>
        JsonLines(path, TypeInfo<T>(serializerOptions), options);

    /// <summary>Reads one record per row of a CSV file; a row may span lines.</summary>
    /// <typeparam name="T">The type of the records; CsvHelper's attributes and class maps say what
    /// differs from the names.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="csv">The form of the files; null for comma, header and invariant culture.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>
    /// A header that lacks a column of the record goes to the error policy, and so does every row below it.
    /// </remarks>
    [RequiresUnreferencedCode(CsvNeedsReflection)]
    [RequiresDynamicCode(CsvNeedsReflection)]
    public static ISource<T> Csv<T>(string path, CsvOptions? csv = null, FileSourceOptions? options = null)
    {
        FileSourceOptions read = (options ?? new()).Validated();
        CsvOptions form = (csv ?? new()).Validated();
        return Create(
            path, read, () => new CsvFraming(form.Delimiter), () => new CsvDecoder<T>(form, read.SkipEmptyLines));
    }

    /// <summary>
    /// Reads a sequence of MessagePack objects, with the standard resolver and its guards against hostile data.
    /// </summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>The "line" of a position is the number of the object. Nil is no record.</remarks>
    [RequiresUnreferencedCode(MessagePackNeedsReflection)]
    [RequiresDynamicCode(MessagePackNeedsReflection)]
    public static ISource<T> MessagePack<T>(string path, FileSourceOptions? options = null) =>
        MessagePack<T>(path, MessagePackDefaults(), options);

    /// <summary>Reads a sequence of MessagePack objects.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="path">The file or pattern.</param>
    /// <param name="serializerOptions">The resolver, and whether the data are trusted.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <remarks>The "line" of a position is the number of the object. Nil is no record.</remarks>
    public static ISource<T> MessagePack<T>(
        string path, MessagePackSerializerOptions serializerOptions, FileSourceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(serializerOptions);
        FileSourceOptions read = (options ?? new()).Validated();
        return Create(
            path, read, () => new MessagePackFraming(), () => new MessagePackDecoder<T>(serializerOptions));
    }

    [RequiresUnreferencedCode(JsonNeedsReflection)]
    [RequiresDynamicCode(JsonNeedsReflection)]
    internal static JsonTypeInfo<T> TypeInfo<T>(JsonSerializerOptions? serializerOptions)
    {
        JsonSerializerOptions options = serializerOptions ?? JsonSerializerOptions.Default;
        options.MakeReadOnly(populateMissingResolver: true);
        return (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));
    }

    internal static MessagePackSerializerOptions MessagePackDefaults() =>
        MessagePackSerializerOptions.Standard.WithSecurity(MessagePackSecurity.UntrustedData);

    private static FileRecordSource<T> Create<T>(
        string path, FileSourceOptions options, Func<Framing> framing, Func<RecordDecoder<T>> decoder) =>
        new(new PathPattern(path), new RecordFormat<T>(framing, decoder), options);

    private static bool ToText(ReadOnlySpan<byte> line, out string? record)
    {
        record = Encoding.UTF8.GetString(line);
        return true;
    }
}
