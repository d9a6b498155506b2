using System.Diagnostics.CodeAnalysis;
using CsvHelper;

namespace StreamKit.Files.Writing;

/// <summary>Writes records as CSV rows.</summary>
[RequiresUnreferencedCode(FileSource.CsvNeedsReflection)]
[RequiresDynamicCode(FileSource.CsvNeedsReflection)]
internal sealed class CsvEncoder<T>(CsvOptions options) : RecordEncoder<T>
{
    private readonly Utf8Text _text = new();
    private CsvWriter? _writer;

    public override void WriteHeader(RecordBytes to)
    {
        if (options.HasHeader)
        {
            CsvWriter writer = WriterTo(to);
            writer.WriteHeader<T>();
            EndRow(writer);
        }
    }

    public override void Write(T record, RecordBytes to)
    {
        CsvWriter writer = WriterTo(to);
        try
        {
            writer.WriteRecord(record);
            EndRow(writer);
        }
        catch
        {
            // The writer may hold half a row; the caller takes back what has come out of it, a new one forgets the
            // rest.
            _writer = null;
            _text.Reset();
            throw;
        }
    }

    public override void Dispose()
    {
        _text.Dispose();
        base.Dispose();
    }

    private CsvWriter WriterTo(RecordBytes to)
    {
        _text.Target = to;
        if (_writer is null)
        {
            // It only wraps _text and is flushed after each row, so there is nothing of it to dispose.
            _writer = new CsvWriter(_text, options.ToConfiguration(skipBlankRows: true), leaveOpen: true);
            options.Configure?.Invoke(_writer.Context);
        }

        return _writer;
    }

    private static void EndRow(CsvWriter writer)
    {
        writer.NextRecord();
        writer.Flush();
    }
}
