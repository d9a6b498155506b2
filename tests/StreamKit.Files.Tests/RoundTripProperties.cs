using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using StreamKit.Connectors;
using StreamKit.Testing;

namespace StreamKit.Files.Tests;

public class RoundTripProperties
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly Gen<(Format Format, bool Gzip, long? RollBytes, int BufferBytes, int Batch)> Ways =
        from format in Gen.Elements(Format.All)
        from gzip in Gen.Elements(false, true)
        from roll in Gen.Elements<long?>(null, 1, 50, 500)
        from buffer in Gen.Elements(1, 100, 65536)
        from batch in Gen.Elements(1, 3, 1000)
        select (format, gzip, roll, buffer, batch);

    [Property(MaxTest = 200)]
    public Property WhatIsWrittenIsRead() => Prop.ForAll(
        Arbitraries.Rows,
        Ways.ToArbitrary(),
        (rows, way) => Task.Run(async () =>
        {
            using var folder = new TestFolder();
            string extension = way.Gzip ? ".gz" : "";
            string name = way.RollBytes is null ? "rows" : "rows-{0:00000}";
            var options = new FileSinkOptions { RollBytes = way.RollBytes, BufferBytes = way.BufferBytes };
            await using (SinkDriver<Row> sink = await SinkDriver.OpenAsync(
                way.Format.Sink(folder[name + extension], options), cancellationToken: Token))
            {
                foreach (Row[] batch in rows.Chunk(way.Batch))
                {
                    await sink.WriteAsync(batch, Token);
                }
            }

            (IReadOnlyList<Row> read, IReadOnlyList<BadRecord> bad) = await Written.ReadAsync(
                way.Format.Source(
                    folder["rows*" + extension], new FileSourceOptions { Splits = FileSplits.Concatenated }));
            return rows.SequenceEqual(read) && bad.Count == 0;
        }).GetAwaiter().GetResult());

    [Property(MaxTest = 100)]
    public Property LinesThatAreWrittenAreRead() => Prop.ForAll(
        Arbitraries.Lines,
        Gen.Elements("lines.txt", "lines.gz").ToArbitrary(),
        (lines, name) => Task.Run(async () =>
        {
            using var folder = new TestFolder();
            await using (SinkDriver<string> sink =
                await SinkDriver.OpenAsync(FileSink.Lines(folder[name]), cancellationToken: Token))
            {
                await sink.WriteAsync(lines, Token);
            }

            (IReadOnlyList<string> read, IReadOnlyList<BadRecord> bad) =
                await Written.ReadAsync(FileSource.Lines(
                    folder[name], new FileSourceOptions { SkipEmptyLines = false }));
            return lines.SequenceEqual(read) && bad.Count == 0;
        }).GetAwaiter().GetResult());
}
