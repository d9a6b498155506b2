using StreamKit.Connectors;

namespace StreamKit.Files.Tests;

/// <summary>The formats that hold a <see cref="Row"/>.</summary>
public sealed record Format(
    string Name,
    Func<string, FileSourceOptions?, ISource<Row>> Source,
    Func<string, FileSinkOptions?, ISink<Row>> Sink)
{
    private static readonly CsvOptions Semicolons = new() { Delimiter = ";;" };

    public static Format[] All { get; } =
    [
        new("jsonl",
            (path, options) => FileSource.JsonLines(path, RowContext.Default.Row, options),
            (path, options) => FileSink.JsonLines(path, RowContext.Default.Row, options)),
        new("reflected.jsonl",
            (path, options) => FileSource.JsonLines<Row>(path, new System.Text.Json.JsonSerializerOptions(), options),
            (path, options) => FileSink.JsonLines<Row>(path, new System.Text.Json.JsonSerializerOptions(), options)),
        new("csv",
            (path, options) => FileSource.Csv<Row>(path, options: options),
            (path, options) => FileSink.Csv<Row>(path, options: options)),
        new("semicolon.csv",
            (path, options) => FileSource.Csv<Row>(path, Semicolons, options),
            (path, options) => FileSink.Csv<Row>(path, Semicolons, options)),
        new("msgpack",
            (path, options) => FileSource.MessagePack<Row>(path, options),
            (path, options) => FileSink.MessagePack<Row>(path, options)),
    ];

    public static Format Of(string name) => All.Single(f => f.Name == name);

    public override string ToString() => Name;
}
