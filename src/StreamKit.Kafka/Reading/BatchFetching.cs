using System.Runtime.InteropServices;
using StreamKit.Kafka.Native;

namespace StreamKit.Kafka.Reading;

/// <summary>Decides whether batches can be had here.</summary>
internal static class BatchFetching
{
    /// <summary>The most messages of one batch.</summary>
    public const int Largest = 4096;

    /// <summary>A fetcher of batches, or, where that cannot be, the one that is given.</summary>
    public static IKafkaFetcher OverOrElse<TKey, TValue, T>(
        ConsumeFetcher<TKey, TValue, T> messages, FetchScope<TKey, TValue, T> scope)
    {
        SafeHandle? handle = ClientHandle.Find(messages.Consumer, out string reason);
        if (handle is not null)
        {
            try
            {
                return new BatchFetcher<TKey, TValue, T>(messages, handle, scope);
            }
            catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
            {
                reason = exception.Message;
            }
        }

        SourceLog.NoBatches(scope.Logger, scope.Source, reason);
        return messages;
    }
}
