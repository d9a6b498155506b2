using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StreamKit.Checkpointing;

namespace StreamKit.Tests.Checkpointing;

/// <summary>What a checkpoint says of itself to whoever looks into a store.</summary>
public class InspectionTests
{
    private readonly MemoryCheckpointStore _store = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ACheckpointIsDescribedTypedAndInWords()
    {
        StoredCheckpoint stored = await WriteAsync(ManifestCodecTests.Example);
        _clock.Advance(TimeSpan.FromSeconds(130));
        Assert.Equal([stored], await Checkpoints.ListAsync(_store, "clicks", Token));
        CheckpointDescription description = await Checkpoints.InspectAsync(_store, "clicks", stored, _clock, Token);

        Assert.Equal(TimeSpan.FromSeconds(130), description.Age);
        CheckpointedOperator window = Assert.Single(description.Operators);
        Assert.Equal((2, 1_000_002_000L), (window.Lanes, window.Bytes));
        Assert.Equal([3, 7, 64], window.KeyGroups.Select(group => group.Group));
        Assert.Equal(["4711", null], description.Positions.Select(position => position.Position));
        Assert.Equal([14, 14], description.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(
            $"""
            Savepoint 'before-upgrade' (14) of job 'clicks'
              completed 2026-03-01 12:00:00Z, 2 min 10 s ago, by StreamKit 0.1.0
              {stored.Bytes} bytes in 3 parts, 1 subtask finished, 128 key groups
            Operators:
              hourly (window, state version 1): 1 GB on 2 lanes, 3 key groups, the largest (64) 1 GB
            Positions:
              clicks, split 'topic/0': 4711
              clicks, split 'topic/1': no position, ended
            Sinks:
              table: epoch 14
              table: epoch 14
            """.ReplaceLineEndings("\n"),
            description.ToString());
    }

    [Fact]
    public async Task VerifyingReadsEveryPartAgainstTheManifest()
    {
        byte[] content = [1, 2, 3];
        CheckpointManifest manifest = ManifestCodecTests.Example with
        {
            Parts = [ManifestCodecTests.Example.Parts[0] with { Bytes = 3, Checksum = Crc32C.Of(content) }],
        };
        await Checkpoints.VerifyAsync(_store, "clicks", await WriteAsync(manifest, content), Token);
        StoredCheckpoint other = await WriteAsync(manifest with { Id = 15, Savepoint = null }, [1, 2, 4]);
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await Checkpoints.VerifyAsync(_store, "clicks", other, Token));
        other = await WriteAsync(manifest with { Id = 16, Savepoint = null }, [1, 2, 3, 4]);
        await Assert.ThrowsAsync<CheckpointCorruptException>(
            async () => await Checkpoints.VerifyAsync(_store, "clicks", other, Token));
    }

    [Fact]
    public void OptionsOutsideTheirRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Checkpoints.In(_store, TimeSpan.Zero));
        Assert.Throws<ArgumentNullException>(() => Checkpoints.In(null!, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentException>(() => Checkpoints.InDirectory(" ", TimeSpan.FromSeconds(1)));
        Assert.IsType<DirectoryCheckpointStore>(Checkpoints.InDirectory("x", TimeSpan.FromSeconds(1)).Store);
        Assert.Equal(3, Checkpoints.In(_store, TimeSpan.FromSeconds(1)).Retain);
    }

    private async Task<StoredCheckpoint> WriteAsync(CheckpointManifest manifest, params byte[] content)
    {
        await using ICheckpointSession session =
            await _store.OpenAsync("clicks", _clock, NullLogger.Instance, Token);
        foreach (ManifestPart part in manifest.Parts)
        {
            await session.WritePartAsync(manifest.Id, part.Name, new ReadOnlySequence<byte>(content), Token);
        }

        return await session.CompleteAsync(
            manifest.Id, manifest.Savepoint, ManifestCodec.Encode(manifest), Token);
    }
}
