using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Npgsql;
using StreamKit.Checkpointing;

namespace StreamKit.PostgreSql.Checkpointing;

/// <summary>The row of a completed checkpoint, but for its manifest.</summary>
internal sealed record StoredRow
{
    /// <summary>What <see cref="Read"/> wants.</summary>
    public const string Columns = "id, savepoint, created, bytes, form, attempt, parts, checksum";

    public required long Id { get; init; }

    public required string? Savepoint { get; init; }

    public required DateTime Created { get; init; }

    public required long Bytes { get; init; }

    public int Form { get; init; } = CheckpointTables.Form;

    /// <summary>Tells the chunks of this checkpoint from those of another attempt at the same number.</summary>
    public required long Attempt { get; init; }

    /// <summary>The parts by name, as JSON.</summary>
    public required string Parts { get; init; }

    public long Checksum { get; init; }

    /// <summary>The checksum of all the others.</summary>
    public long Computed => Checkpointing.Checksum.Of(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{Form} {Id} {Savepoint} {Created.Ticks} {Bytes} {Attempt} {Parts}")));

    public StoredCheckpoint Stored => new()
    {
        Id = Id,
        Savepoint = Savepoint,
        Created = new DateTimeOffset(Created),
        Bytes = Bytes,
    };

    public static StoredRow Read(NpgsqlDataReader reader) => new()
    {
        Id = reader.GetInt64(0),
        Savepoint = reader.IsDBNull(1) ? null : reader.GetString(1),
        Created = reader.GetDateTime(2),
        Bytes = reader.GetInt64(3),
        Form = reader.GetInt32(4),
        Attempt = reader.GetInt64(5),
        Parts = reader.GetString(6),
        Checksum = reader.GetInt64(7),
    };

    /// <exception cref="CheckpointCorruptException">The row is not as it was written.</exception>
    /// <exception cref="NotSupportedException">A newer version wrote it.</exception>
    public void Check(string job)
    {
        if (Form > CheckpointTables.Form)
        {
            throw new NotSupportedException(
                $"{NameIn(job)} has form {Form}, and this version of StreamKit reads up to {CheckpointTables.Form}. "
                + "Use the newer version.");
        }

        if (Computed != Checksum)
        {
            throw new CheckpointCorruptException(NameIn(job), "the row is not as it was written");
        }
    }

    /// <summary>What the checkpoint is called in messages.</summary>
    public string NameIn(string job) => NameOf(job, Stored);

    public static string NameOf(string job, StoredCheckpoint stored) => $"{stored} of job '{job}'";

    public static string Encode(IReadOnlyDictionary<string, StoredPart> parts)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, StoredPart part) in parts.OrderBy(static part => part.Key, StringComparer.Ordinal))
            {
                json.WriteStartArray(name);
                json.WriteNumberValue(part.Bytes);
                json.WriteNumberValue(part.Checksum);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>What is said of a part; null where there is none of that name. The row has been checked.</summary>
    public StoredPart? FindPart(string name)
    {
        using JsonDocument json = JsonDocument.Parse(Parts);
        return json.RootElement.TryGetProperty(name, out JsonElement part)
            ? new StoredPart(part[0].GetInt64(), part[1].GetInt64())
            : null;
    }
}
