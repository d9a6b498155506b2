using StreamKit.Testing;

namespace StreamKit.Files.Tests;

/// <summary>Writes and reads whole files.</summary>
public static class Written
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What the sink of a format makes of rows.</summary>
    public static byte[] Of(Format format, IReadOnlyList<Row> rows)
    {
        using var folder = new TestFolder();
        string path = folder["file"];
        Task.Run(() => ToAsync(format, path, null, rows)).GetAwaiter().GetResult();
        return File.ReadAllBytes(path);
    }

    public static async Task ToAsync(Format format, string path, FileSinkOptions? options, IReadOnlyList<Row> rows)
    {
        await using SinkDriver<Row> driver =
            await SinkDriver.OpenAsync(format.Sink(path, options), cancellationToken: Token);
        await driver.WriteAsync(rows, Token);
    }

    /// <summary>All records of a source, and what it reported.</summary>
    public static async Task<(IReadOnlyList<T> Records, IReadOnlyList<Connectors.BadRecord> Bad)> ReadAsync<T>(
        Connectors.ISource<T> source)
    {
        await using SourceDriver<T> driver = await SourceDriver.OpenAsync(source, cancellationToken: Token);
        IReadOnlyList<T> records = await driver.ReadAllAsync(Token);
        return (records, driver.BadRecords);
    }
}
