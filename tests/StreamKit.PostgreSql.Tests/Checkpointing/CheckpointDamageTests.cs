using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;

namespace StreamKit.PostgreSql.Tests.Checkpointing;

public sealed class CheckpointDamageTests(SharedServer server)
{
    private const int Length = (2 << 20) + 17;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("UPDATE streamkit_checkpoint_chunk SET content = set_byte(content, 5, get_byte(content, 5) # 1) "
        + "WHERE chunk = 1")]
    [InlineData("UPDATE streamkit_checkpoint_chunk SET content = substr(content, 1, 10) WHERE chunk = 2")]
    [InlineData("DELETE FROM streamkit_checkpoint_chunk WHERE chunk = 0")]
    [InlineData("DELETE FROM streamkit_checkpoint_chunk WHERE chunk = 2")]
    [InlineData("DELETE FROM streamkit_checkpoint_chunk")]
    [InlineData("UPDATE streamkit_checkpoint_chunk SET chunk = 3 WHERE chunk = 0")]
    [InlineData("UPDATE streamkit_checkpoint_chunk SET part = 'other'")]
    [InlineData("INSERT INTO streamkit_checkpoint_chunk SELECT job, checkpoint, attempt, part, 9, session, content "
        + "FROM streamkit_checkpoint_chunk WHERE chunk = 2")]
    public async Task AChangedChunkIsNoticedWhenItsPartIsRead(string damage)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        (ICheckpointSession session, StoredCheckpoint stored) = await MakeAsync(schema);
        await using ICheckpointSession disposed = session;
        await schema.RunAsync(damage);
        CheckpointCorruptException failure = await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await session.ReadPartAsync(stored, "part", Token));
        Assert.Equal("part 'part' of savepoint 'kept' (1) of job 'job'", failure.File);

        // The row itself is whole, and so is its manifest.
        Assert.Equal([1, 2, 3], (await session.ReadManifestAsync(stored, Token)).ToArray());
    }

    [Theory]
    [InlineData("savepoint = 'other'")]
    [InlineData("savepoint = NULL")]
    [InlineData("created = created + interval '1 second'")]
    [InlineData("bytes = bytes + 1")]
    [InlineData("attempt = attempt + 1")]
    [InlineData("parts = replace(parts, 'part', 'trap')")]
    [InlineData("parts = '{}'")]
    [InlineData("parts = 'no json'")]
    [InlineData("checksum = checksum + 1")]
    public async Task AChangedRowIsListedAsDamagedAndNotRead(string damage)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        (ICheckpointSession session, _) = await MakeAsync(schema);
        await using ICheckpointSession disposed = session;
        await schema.RunAsync($"UPDATE streamkit_checkpoint SET {damage}");
        StoredCheckpoint listed = Assert.Single(await session.ListAsync(Token));
        Assert.Contains("is damaged", listed.Damage, StringComparison.Ordinal);
        Assert.Null(listed.Created);
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await session.ReadManifestAsync(listed, Token));
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await session.ReadPartAsync(listed, "part", Token));
    }

    [Theory]
    [InlineData("manifest = '\\x010204'")]
    [InlineData("manifest = ''")]
    [InlineData("manifest_checksum = manifest_checksum + 1")]
    public async Task AChangedManifestIsNoticedWhenItIsRead(string damage)
    {
        await using Schema schema = await server.MakeSchemaAsync();
        (ICheckpointSession session, StoredCheckpoint stored) = await MakeAsync(schema);
        await using ICheckpointSession disposed = session;
        await schema.RunAsync($"UPDATE streamkit_checkpoint SET {damage}");
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await session.ReadManifestAsync(stored, Token));
    }

    [Fact]
    public async Task ARowOfANewerFormIsRefusedAndThatIsNoDamage()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        (ICheckpointSession session, StoredCheckpoint stored) = await MakeAsync(schema);
        await using ICheckpointSession disposed = session;
        await schema.RunAsync("UPDATE streamkit_checkpoint SET form = 2");
        StoredCheckpoint listed = Assert.Single(await session.ListAsync(Token));
        Assert.Contains("newer version", listed.Damage, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await session.ReadManifestAsync(stored, Token));
    }

    [Fact]
    public async Task APartInManySmallPiecesOfMemoryComesBackInRowsOfAMegabyte()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await using ICheckpointSession session = await OpenAsync(schema);
        byte[] bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        await session.WritePartAsync(1, "part", Pieced(bytes, 999_983), Token);
        StoredCheckpoint stored = await session.CompleteAsync(1, null, default, Token);
        byte[] read = (await session.ReadPartAsync(stored, "part", Token)).ToArray();
        Assert.True(bytes.AsSpan().SequenceEqual(read));
        Assert.Equal(
            ["0|1048576", "1|1048576", "2|17"],
            await schema.ReadAsync("SELECT chunk, length(content) FROM streamkit_checkpoint_chunk ORDER BY chunk"));
    }

    [Fact]
    public async Task ASavepointIsMovedToAnotherJobByItsRows()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        (ICheckpointSession session, StoredCheckpoint stored) = await MakeAsync(schema);
        await session.DisposeAsync();
        await schema.RunAsync(
            "INSERT INTO streamkit_checkpoint SELECT 'moved', id, savepoint, created, bytes, form, attempt, parts, "
            + "checksum, manifest, manifest_checksum FROM streamkit_checkpoint WHERE job = 'job'; "
            + "INSERT INTO streamkit_checkpoint_chunk "
            + "SELECT 'moved', checkpoint, attempt, part, chunk, session, content "
            + "FROM streamkit_checkpoint_chunk WHERE job = 'job'");
        await using ICheckpointSession moved = await new PostgreSqlCheckpointStore(schema.ConnectionString)
            .OpenAsync("moved", TimeProvider.System, NullLogger.Instance, Token);
        Assert.Equal([stored], await moved.ListAsync(Token));
        Assert.Equal(Length, (await moved.ReadPartAsync(stored, "part", Token)).Length);
    }

    [Fact]
    public async Task TablesLieInTheSchemaThatIsNamed()
    {
        await using Schema schema = await server.MakeSchemaAsync();
        await schema.RunAsync("CREATE SCHEMA \"Check.Points\"");
        var store = new PostgreSqlCheckpointStore(
            schema.ConnectionString, new PostgreSqlCheckpointOptions { Schema = "Check.Points" });
        await using ICheckpointSession session =
            await store.OpenAsync("job", TimeProvider.System, NullLogger.Instance, Token);
        await session.CompleteAsync(1, null, default, Token);
        Assert.Equal(["1"], await schema.ReadAsync("SELECT id FROM \"Check.Points\".streamkit_checkpoint"));
        Assert.Throws<ArgumentException>(() => new PostgreSqlCheckpointStore(
            schema.ConnectionString, new PostgreSqlCheckpointOptions { Schema = new string('x', 64) }));
    }

    private static async Task<ICheckpointSession> OpenAsync(Schema schema) =>
        await new PostgreSqlCheckpointStore(schema.ConnectionString)
            .OpenAsync("job", TimeProvider.System, NullLogger.Instance, Token);

    private static async Task<(ICheckpointSession Session, StoredCheckpoint Stored)> MakeAsync(Schema schema)
    {
        ICheckpointSession session = await OpenAsync(schema);
        byte[] bytes = new byte[Length];
        new Random(1).NextBytes(bytes);
        await session.WritePartAsync(1, "part", new ReadOnlySequence<byte>(bytes), Token);
        return (session, await session.CompleteAsync(1, "kept", new byte[] { 1, 2, 3 }, Token));
    }

    private static ReadOnlySequence<byte> Pieced(byte[] bytes, int length)
    {
        Piece? first = null;
        Piece? last = null;
        foreach (byte[] piece in bytes.Chunk(length))
        {
            var next = new Piece(piece, last is null ? 0 : last.RunningIndex + last.Memory.Length);
            first ??= next;
            last?.Append(next);
            last = next;
        }

        return new ReadOnlySequence<byte>(first!, 0, last!, last!.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(byte[] memory, long index) => (Memory, RunningIndex) = (memory, index);

        public void Append(Piece next) => Next = next;
    }
}
