using Microsoft.Extensions.Logging;
using StreamKit.Connectors;
using StreamKit.Diagnostics;
using StreamKit.Operators;
using StreamKit.Records;
using StreamKit.Time;

namespace StreamKit.Runtime;

/// <summary>Brings the failed records of one subtask to the job's error policy.</summary>
internal sealed class SubtaskErrors(FailureHandling handling, ILogger logger) : ErrorReporter
{
    // Failures are rare, and each should be seen at once: a dead letter travels alone.
    private readonly BatchPool<DeadLetter> _pool = new(capacity: 1);
    private ChannelOutput<Batch<DeadLetter>>? _deadLetters;

    /// <summary>Whether dead letters wait for room; the subtask must not go on before they have it.</summary>
    public bool HasPending => _deadLetters is { HasPending: true };

    public override bool GoesOn => handling.GoesOn;

    /// <summary>Where the dead letters of this subtask go.</summary>
    public void SendTo(ChannelOutput<Batch<DeadLetter>> deadLetters) => _deadLetters = deadLetters;

    /// <summary>Sends a signal on behind the dead letters.</summary>
    public void Push(Signal signal) => _deadLetters?.OnSignal(signal);

    public override void Report(in FailedRecord failed)
    {
        ThrowIfFatal(in failed);
        Log.RecordFailed(
            logger,
            failed.Operator,
            failed.Key,
            EventTimeOf(in failed),
            failed.Split,
            failed.Position,
            failed.Exception);
        if (_deadLetters is not { } deadLetters)
        {
            return;
        }

        Batch<DeadLetter> batch = _pool.Rent();
        batch.Add(failed.Timestamp ?? long.MinValue, new DeadLetter(failed.Operator, failed.Exception)
        {
            Record = failed.Record,
            Key = failed.Key,
            EventTime = EventTimeOf(in failed),
            Split = failed.Split,
            Position = failed.Position,
            Bytes = failed.Bytes,
        });
        deadLetters.OnBatch(batch);
    }

    /// <summary>Throws where the policy is to fail; may be called by any thread.</summary>
    public void ThrowIfFatal(in FailedRecord failed)
    {
        if (!handling.GoesOn)
        {
            throw new StreamException(failed.Operator, failed.Key, EventTimeOf(in failed), failed.Exception);
        }
    }

    private static DateTimeOffset? EventTimeOf(in FailedRecord failed) =>
        failed.Timestamp is { } ticks ? new Timestamp(ticks).ToDateTimeOffset() : null;
}
