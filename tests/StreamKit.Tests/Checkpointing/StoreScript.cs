using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>
/// What two runs of a job do to their store, and what must be in it whenever the script was cut off.
/// </summary>
internal sealed class StoreScript(ICheckpointStore store)
{
    private static readonly string[] s_parts = ["window 0", "window 1"];

    private ICheckpointSession? _session;

    /// <summary>What a call has promised to be there.</summary>
    public HashSet<long> Certain { get; } = [];

    /// <summary>What a call was about to complete or to delete when it was cut off.</summary>
    public HashSet<long> Uncertain { get; } = [];

    /// <summary>How often a call that failed is made again.</summary>
    public int Attempts { get; init; } = 1;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task RunAsync()
    {
        await OpenAsync();
        await CompleteAsync(1);
        await CompleteAsync(2);
        await CompleteAsync(3, "kept");
        await DeleteAsync(1);
        await BeginAsync(4);
        await OpenAsync();
        await CompleteAsync(4);
        await BeginAsync(5);
        await TryAsync(() => _session!.AbandonAsync(5, Token));
        await CompleteAsync(6);
        await DeleteAsync(2);
    }

    public static ValueTask<ICheckpointSession> OpenAsync(ICheckpointStore store) =>
        store.OpenAsync("job", TimeProvider.System, NullLogger.Instance, Token);

    public static async Task WriteAsync(ICheckpointSession session, long id, string? savepoint = null)
    {
        foreach (string part in s_parts)
        {
            await session.WritePartAsync(id, part, new ReadOnlySequence<byte>(PartOf(id, part)), Token);
        }

        await session.CompleteAsync(id, savepoint, ManifestOf(id), Token);
    }

    /// <summary>Reads all of a checkpoint and asserts that it is what was written.</summary>
    public static async Task ReadAsync(ICheckpointReader reader, StoredCheckpoint stored)
    {
        Assert.Equal(ManifestOf(stored.Id), (await reader.ReadManifestAsync(stored, Token)).ToArray());
        foreach (string part in s_parts)
        {
            Assert.Equal(PartOf(stored.Id, part), (await reader.ReadPartAsync(stored, part, Token)).ToArray());
        }
    }

    private static byte[] ManifestOf(long id) => [.. Enumerable.Range(0, 20).Select(i => (byte)(id + i))];

    private static byte[] PartOf(long id, string part) =>
        [.. Enumerable.Range(0, 40).Select(i => (byte)((id * 11) + (i * 7) + part[^1]))];

    private async Task OpenAsync() => await TryAsync(async () => _session = await OpenAsync(store));

    private async Task BeginAsync(long id)
    {
        foreach (string part in s_parts)
        {
            await TryAsync(() => _session!.WritePartAsync(
                id, part, new ReadOnlySequence<byte>(PartOf(id, part)), Token));
        }
    }

    private async Task CompleteAsync(long id, string? savepoint = null)
    {
        await BeginAsync(id);
        Uncertain.Add(id);
        await TryAsync(async () => await _session!.CompleteAsync(id, savepoint, ManifestOf(id), Token));
        Uncertain.Remove(id);
        Certain.Add(id);
    }

    private async Task DeleteAsync(long id)
    {
        StoredCheckpoint stored = Assert.Single(await _session!.ListAsync(Token), stored => stored.Id == id);
        Certain.Remove(id);
        Uncertain.Add(id);
        await TryAsync(() => _session.DeleteAsync(stored, Token));
        Uncertain.Remove(id);
    }

    private async Task TryAsync(Func<ValueTask> call)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (IOException) when (attempt < Attempts)
            {
                // A call that failed may be made again.
            }
        }
    }
}
