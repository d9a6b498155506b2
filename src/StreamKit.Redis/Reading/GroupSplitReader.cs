using StackExchange.Redis;
using StreamKit.Connectors;

namespace StreamKit.Redis.Reading;

/// <summary>Reads one stream as a consumer of a group.</summary>
/// <remarks>
/// <para>
/// The server remembers what a consumer was given until it is acknowledged, and that is once a checkpoint holds it. A
/// run that begins looks there first: what its position covers is acknowledged, everything else is read again.
/// </para>
/// <para>
/// It looks there too when an answer was lost, because entries are given out with it.
/// </para>
/// </remarks>
internal sealed class GroupSplitReader<T>(
    GroupMember member, Func<StreamEntry, T> record, SourceContext<T> context, RedisGroupSourceOptions options)
    : ISplitReader<T>
{
    private readonly EntryReader<T> _entries = new(member.Stream, record, context);
    private readonly Pause _pause = new(options.PollInterval, context.Clock);
    private readonly Unacknowledged _read = new();
    private readonly Queue<StreamEntry> _ready = new();
    private Task<StreamEntry[]>? _asked;    // An answer holds entries, so nobody gives up on it.
    private Phase _phase = Phase.Recover;
    private StreamId _claimCursor;
    private long? _lookedForOthers;
    private bool _isFull;

    /// <summary>What the reader looks at.</summary>
    private enum Phase
    {
        /// <summary>What the position covers, to acknowledge it.</summary>
        Recover,

        /// <summary>What was given to this consumer, and has not been read.</summary>
        Given,

        /// <summary>What was taken over, and has not been read.</summary>
        Claimed,

        /// <summary>What nobody was given.</summary>
        New,
    }

    public string Split => member.Stream;

    public string? Position => _read.Position.ToString();

    public async ValueTask SeekAsync(string position, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await ForgetAskedAsync().ConfigureAwait(false);
        _read.Reset(GroupPosition.Parse(position));
        _ready.Clear();
        _phase = Phase.Recover;
    }

    public async ValueTask<bool> ReadAsync(RecordBuffer<T> buffer, CancellationToken cancellationToken)
    {
        if (!context.HasCheckpoints)
        {
            // What the last call delivered was taken.
            await AcknowledgeAsync(_read.Position, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            while (_ready.Count > 0 && !buffer.IsFull)
            {
                Deliver(_ready.Dequeue(), buffer);
            }

            if (buffer.Count > 0)
            {
                _pause.Reset();
                return true;
            }

            if (await HasRoomAsync(cancellationToken).ConfigureAwait(false)
                && !await FindAsync(buffer.Remaining, cancellationToken).ConfigureAwait(false))
            {
                if (!options.Follow)
                {
                    return false;
                }

                await _pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Acknowledges what a position covers; may be called while a read waits.</summary>
    public Task AcknowledgeAsync(GroupPosition position, CancellationToken cancellationToken) =>
        member.AcknowledgeAsync(_read.TakeUpTo(position), cancellationToken);

    public ValueTask DisposeAsync() => ForgetAskedAsync();

    // What the answer holds is with the server too, which gives it again.
    private async ValueTask ForgetAskedAsync()
    {
        if (_asked is { } asked)
        {
            await ((Task)asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _asked = null;
        }
    }

    private void Deliver(StreamEntry entry, RecordBuffer<T> buffer)
    {
        StreamId id = StreamId.Parse(entry.Id);
        if (_phase == Phase.Claimed)
        {
            if (!_read.AddClaimed(id))
            {
                return;
            }
        }
        else
        {
            _read.AddGiven(id);
        }

        _entries.Take(entry, buffer);
    }

    private async Task<bool> HasRoomAsync(CancellationToken cancellationToken)
    {
        int count = _read.Count;
        if (count < options.MaxUnacknowledged)
        {
            _isFull = false;
            return true;
        }

        if (!_isFull)
        {
            _isFull = true;
            context.Logger.TooManyUnacknowledged(context.Name, Split, count);
        }

        await _pause.WaitAsync(cancellationToken).ConfigureAwait(false);
        return false;
    }

    /// <summary>Looks for entries; false where the stream has none for now.</summary>
    private async Task<bool> FindAsync(int most, CancellationToken cancellationToken)
    {
        switch (_phase)
        {
            case Phase.Recover:
                await member.AcknowledgeGivenAsync(_read.Last, cancellationToken).ConfigureAwait(false);
                _phase = Phase.Given;
                return true;
            case Phase.Given:
                StreamEntry[] given = await member
                    .ReadGivenAsync(_read.Last, most, cancellationToken).ConfigureAwait(false);
                if (given.Length == 0)
                {
                    (_phase, _claimCursor) = (Phase.Claimed, default);
                }

                return Add(given);
            case Phase.Claimed:
                StreamEntry[] claimed = await member
                    .ReadClaimedAsync(_claimCursor, most, cancellationToken).ConfigureAwait(false);
                if (claimed.Length == 0)
                {
                    _phase = Phase.New;
                    return true;
                }

                _claimCursor = StreamId.Parse(claimed[^1].Id);
                return Add(claimed);
            default:
                await ClaimAsync(cancellationToken).ConfigureAwait(false);
                return _phase != Phase.New || await FindNewAsync(most, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<bool> FindNewAsync(int most, CancellationToken cancellationToken)
    {
        try
        {
            _asked ??= member.ReadNewAsync(most);
            StreamEntry[] found = await _asked.WaitAsync(cancellationToken).ConfigureAwait(false);
            _asked = null;
            member.Patience.Restore();
            return found.Length > 0 && Add(found);
        }
        catch (Exception failure) when (failure is RedisException or RedisTimeoutException)
        {
            _asked = null;
            await member.Patience.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            _phase = Phase.Given;
            return true;
        }
    }

    private async Task ClaimAsync(CancellationToken cancellationToken)
    {
        if (options.ClaimAfter is not { } idle)
        {
            return;
        }

        if (_lookedForOthers is { } before && context.Clock.GetElapsedTime(before) < idle / 2)
        {
            return;
        }

        _lookedForOthers = context.Clock.GetTimestamp();
        foreach ((string consumer, int count) in await member.ClaimAsync(idle, cancellationToken).ConfigureAwait(false))
        {
            context.Logger.TakenOver(context.Name, count, Split, consumer);
            (_phase, _claimCursor) = (Phase.Claimed, default);
        }
    }

    private bool Add(StreamEntry[] found)
    {
        foreach (StreamEntry entry in found)
        {
            _ready.Enqueue(entry);
        }

        return true;
    }
}
