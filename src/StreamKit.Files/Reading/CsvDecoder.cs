using System.Diagnostics.CodeAnalysis;
using CsvHelper;

namespace StreamKit.Files.Reading;

/// <summary>Makes records of CSV rows, by the header of their file.</summary>
[RequiresUnreferencedCode(FileSource.CsvNeedsReflection)]
[RequiresDynamicCode(FileSource.CsvNeedsReflection)]
internal sealed class CsvDecoder<T>(CsvOptions options, bool skipEmptyLines) : TextDecoder<T>(skipEmptyLines)
{
    private readonly bool _skipEmptyLines = skipEmptyLines;
    private readonly CsvRecordFeed _feed = new();
    private CsvReader? _reader;
    private byte[]? _header;

    public override bool NeedsHeader => options.HasHeader && _header is null;

    public override void StartFile()
    {
        _header = null;
        Restart();
    }

    public override void Dispose()
    {
        Restart();
        _feed.Dispose();
        base.Dispose();
    }

    protected override void LearnHeaderText(ReadOnlySpan<byte> line) => _header = line.ToArray();

    protected override bool TryDecodeText(ReadOnlySpan<byte> line, [MaybeNullWhen(false)] out T record)
    {
        if (NeedsHeader)
        {
            record = default;
            LearnHeaderText(line);
            _ = Reader();
            return false;
        }

        try
        {
            record = ReadRow(line);
            return true;
        }
        catch
        {
            // After an error the parser may stand anywhere; a new one begins at the next row.
            Restart();
            throw;
        }
    }

    private T ReadRow(ReadOnlySpan<byte> line)
    {
        CsvReader reader = Reader();
        long before = reader.Parser.CharCount;
        _feed.Set(line);
        if (!reader.Read())
        {
            throw new InvalidDataException("it is no row");
        }

        T record = reader.GetRecord<T>();
        if (reader.Parser.CharCount - before != _feed.Length)
        {
            throw new InvalidDataException("its quotes do not match");
        }

        return record;
    }

    /// <summary>
    /// The reader of the file's rows; throws for each if the header does not name what a record needs.
    /// </summary>
    private CsvReader Reader()
    {
        if (_reader is { } ready)
        {
            return ready;
        }

        var reader = new CsvReader(_feed, options.ToConfiguration(_skipEmptyLines), leaveOpen: true);
        options.Configure?.Invoke(reader.Context);
        if (_header is not null)
        {
            _feed.Set(_header);
            reader.Read();
            reader.ReadHeader();
            reader.ValidateHeader<T>();
        }

        return _reader = reader;
    }

    private void Restart()
    {
        _reader?.Dispose();
        _reader = null;
    }
}
