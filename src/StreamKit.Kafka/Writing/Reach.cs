using Confluent.Kafka;

namespace StreamKit.Kafka.Writing;

/// <summary>Sees, before any record comes, that brokers answer and that the topic can be written to.</summary>
internal static class Reach
{
    private static readonly TimeSpan OneTry = TimeSpan.FromSeconds(1);

    /// <summary>Completes when a broker has answered.</summary>
    /// <param name="outbox">What will be sent through.</param>
    /// <param name="topic">The topic; null where there is not one.</param>
    /// <param name="within">How long to try.</param>
    /// <param name="clock">Measures that.</param>
    /// <param name="cancellationToken">Cancelled when the job is aborted.</param>
    /// <exception cref="KafkaStreamException">None answers, or the topic is refused.</exception>
    public static async Task RequireAsync(
        Outbox outbox, string? topic, TimeSpan within, TimeProvider clock, CancellationToken cancellationToken)
    {
        using IAdminClient admin = new DependentAdminClientBuilder(outbox.Producer.Handle).Build();
        long start = clock.GetTimestamp();
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();

            // The client waits on the thread that asks.
            Error error = await Task.Run(() => Ask(admin, topic), CancellationToken.None).ConfigureAwait(false);
            if (!error.IsError)
            {
                return;
            }

            if (!IsPassing(error.Code) || clock.GetElapsedTime(start) >= within)
            {
                throw outbox.Describe(error, topic is null
                    ? $"No broker could be asked within {within}"
                    : $"The topic '{topic}' could not be found within {within}");
            }

            await Task.Delay(OneTry / 5, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Error Ask(IAdminClient admin, string? topic)
    {
        try
        {
            Metadata metadata = topic is null ? admin.GetMetadata(OneTry) : admin.GetMetadata(topic, OneTry);
            return topic is null ? new Error(ErrorCode.NoError) : metadata.Topics.Single().Error;
        }
        catch (KafkaException exception)
        {
            return exception.Error;
        }
    }

    // A topic that is being made is unknown, or has no leader, for a moment.
    private static bool IsPassing(ErrorCode code) => code is ErrorCode.Local_Transport or ErrorCode.Local_TimedOut
        or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Resolve or ErrorCode.LeaderNotAvailable
        or ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic;
}
