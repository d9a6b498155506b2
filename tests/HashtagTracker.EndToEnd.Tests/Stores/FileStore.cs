using System.Globalization;
using HashtagTracker.Tests.Contract;

namespace HashtagTracker.EndToEnd.Tests.Stores;

/// <summary>A CSV file, or several of them where the tracker takes checkpoints.</summary>
internal sealed class FileStore : Store
{
    private readonly ScratchFolder _folder = new();

    public override IReadOnlyList<string> Options => ["--sink", "file", "--output", _folder.File("counts.csv")];

    /// <summary>The files that are visible, in their order.</summary>
    public string[] Files => [.. Directory.GetFiles(_folder.File(""), "*.csv").Order(StringComparer.Ordinal)];

    public override Task<IEnumerable<(string Window, string Tag, long Count)>> ReadAsync() => Task.FromResult(
        Files.SelectMany(file => File.ReadLines(file).Skip(1)).Select(line =>
        {
            string[] fields = line.Split(',');
            return (fields[0], fields[1], long.Parse(fields[2], CultureInfo.InvariantCulture));
        }));

    public override ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
