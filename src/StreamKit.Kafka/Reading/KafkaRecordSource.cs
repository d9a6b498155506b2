using StreamKit.Connectors;

namespace StreamKit.Kafka.Reading;

/// <summary>Topics of Kafka as a source: a split per partition.</summary>
internal sealed class KafkaRecordSource<TKey, TValue, T>(
    ConsumerSettings settings, RecordFormat<TKey, TValue, T> format) : ISource<T>
{
    // What a group has been told is behind it is not read again, whatever a checkpoint says.
    public Replayability Replayability => settings.Options.Group is { Commit: KafkaCommit.WhenHandedOn }
        ? Replayability.None
        : Replayability.Full;

    public async ValueTask<IReadOnlyList<ISplitReader<T>>> OpenAsync(
        SourceContext<T> context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (settings.Options.Group is not null)
        {
            return await GroupReading<TKey, TValue, T>.OpenAsync(settings, format, context, cancellationToken)
                .ConfigureAwait(false);
        }

        return await AssignedReading<TKey, TValue, T>.OpenAsync(settings, format, context, cancellationToken)
            .ConfigureAwait(false);
    }
}
