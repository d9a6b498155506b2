using Microsoft.Data.Sqlite;

namespace StreamKit.Sqlite.Tests;

/// <summary>A database file of one test.</summary>
internal sealed class Database : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("streamkit-sqlite-").FullName;

    public Database()
    {
        using SqliteConnection connection = Connect();
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE words (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL)";
        command.ExecuteNonQuery();
    }

    public string Folder => _folder;

    public SqliteConnection Connect() => new($"Data Source={Path.Combine(_folder, "words.db")};Pooling=False");

    public DatabaseSink<string> SinkOfWords() => new(
        Connect, "words", "INSERT INTO words (word) VALUES (@word)", static word => [("@word", word)]);

    public async Task<IReadOnlyList<string>> ReadWordsAsync(CancellationToken cancellationToken)
    {
        await using SqliteConnection connection = Connect();
        await connection.OpenAsync(cancellationToken);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT word FROM words ORDER BY id";
        await using SqliteDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        var words = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            words.Add(reader.GetString(0));
        }

        return words;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
