using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>
/// Any byte of any file of the directory store is changed, cut off or swapped: the checkpoint says so, and the others
/// are as they were.
/// </summary>
public class DirectoryStoreDamageTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyChangedByteIsFound()
    {
        FragileDisk disk = await FillAsync();
        foreach ((string path, FragileDisk.Node file) in Stored(disk))
        {
            for (int i = 0; i < file.Content.Length; i++)
            {
                foreach (byte mask in new byte[] { 1, 0x10, 0x80, 0xff })
                {
                    byte[] changed = [.. file.Content];
                    changed[i] ^= mask;
                    await AssertFoundAsync(disk, path, file, changed);
                }
            }
        }
    }

    [Fact]
    public async Task AnyMissingOrFurtherByteIsFound()
    {
        FragileDisk disk = await FillAsync();
        foreach ((string path, FragileDisk.Node file) in Stored(disk))
        {
            for (int length = 0; length < file.Content.Length; length++)
            {
                await AssertFoundAsync(disk, path, file, file.Content[..length]);
                await AssertFoundAsync(disk, path, file, file.Content[(length + 1)..]);
            }

            await AssertFoundAsync(disk, path, file, [.. file.Content, 0]);
            await AssertFoundAsync(disk, path, file, new byte[file.Content.Length]);
        }
    }

    [Fact]
    public async Task AFileInThePlaceOfAnotherIsFound()
    {
        FragileDisk disk = await FillAsync();
        (string Path, FragileDisk.Node File)[] all = [.. disk.Files().Where(file => file.File.Content.Length > 0)];
        foreach ((string path, FragileDisk.Node file) in Stored(disk))
        {
            foreach ((string Path, FragileDisk.Node File) other in all.Where(other => other.Path != path))
            {
                await AssertFoundAsync(disk, path, file, other.File.Content);
            }
        }
    }

    [Fact]
    public async Task AFileThatIsMissingIsFound()
    {
        string[] paths = [.. Stored(await FillAsync()).Select(file => file.Path)];
        foreach (string path in paths)
        {
            FragileDisk disk = await FillAsync();
            disk.DeleteFile(path);
            await AssertFoundAsync(disk, path);
        }
    }

    [Fact]
    public async Task AFileOfANewerFormIsRefusedWithAWordOnWhatToDo()
    {
        FragileDisk disk = await FillAsync();
        FragileDisk.Node file =
            Stored(disk).First(each => each.Path.EndsWith("manifest", StringComparison.Ordinal)).File;
        file.Content[8] = 2;
        BitConverter.TryWriteBytes(file.Content.AsSpan(60), Crc32C.Of(file.Content.AsSpan(0, 60)));
        ICheckpointReader reader = await Store(disk).OpenReaderAsync("job", Token);
        StoredCheckpoint stored = Assert.Single(await reader.ListAsync(Token), stored => stored.Damage is not null);
        NotSupportedException refused = await Assert.ThrowsAsync<NotSupportedException>(
            async () => await reader.ReadManifestAsync(stored, Token));
        Assert.Contains(
            "has form 2, and this version of StreamKit reads form 1", refused.Message, StringComparison.Ordinal);
    }

    private static DirectoryCheckpointStore Store(FragileDisk disk) => new("/data", disk);

    private static async Task<FragileDisk> FillAsync()
    {
        var disk = new FragileDisk();
        ICheckpointSession session = await StoreScript.OpenAsync(Store(disk));
        await StoreScript.WriteAsync(session, 1);
        await StoreScript.WriteAsync(session, 2);
        session = await StoreScript.OpenAsync(Store(disk));
        await StoreScript.WriteAsync(session, 3, "kept");
        return disk;
    }

    private static IEnumerable<(string Path, FragileDisk.Node File)> Stored(FragileDisk disk) =>
        disk.Files().Where(file => file.Path.Contains("point-", StringComparison.Ordinal));

    private static async Task AssertFoundAsync(FragileDisk disk, string path, FragileDisk.Node file, byte[] damaged)
    {
        byte[] whole = file.Content;
        file.Content = damaged;
        await AssertFoundAsync(disk, path);
        file.Content = whole;
    }

    private static async Task AssertFoundAsync(FragileDisk disk, string path)
    {
        ICheckpointReader reader = await Store(disk).OpenReaderAsync("job", Token);
        IReadOnlyList<StoredCheckpoint> listed = await reader.ListAsync(Token);
        Assert.Equal([3, 2, 1], listed.Select(stored => stored.Id));
        foreach (StoredCheckpoint stored in listed)
        {
            if (path.Contains($"point-{stored.Id:d12}", StringComparison.Ordinal))
            {
                CheckpointCorruptException found = await Assert.ThrowsAsync<CheckpointCorruptException>(
                    () => StoreScript.ReadAsync(reader, stored));
                Assert.EndsWith(found.File, path, StringComparison.Ordinal);
            }
            else
            {
                Assert.Null(stored.Damage);
                await StoreScript.ReadAsync(reader, stored);
            }
        }
    }
}
