using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace StreamKit.Kafka.Native;

/// <summary>The client of librdkafka below a client of .NET.</summary>
internal static class ClientHandle
{
    /// <summary>Finds it.</summary>
    /// <param name="client">The client of .NET.</param>
    /// <param name="reason">Why it cannot be had here.</param>
    /// <returns>
    /// A handle that keeps what it names alive during a call, whoever disposes the client; null where it cannot be had.
    /// </returns>
    public static SafeHandle? Find(IClient client, out string reason)
    {
        if (!Librdkafka.IsTheClients)
        {
            reason = "the application decides itself which librdkafka the client loads";
            return null;
        }

        // There is no public way to it; where a later client has none at all, the caller does without.
        PropertyInfo? property = typeof(Handle).GetProperty(
            "LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic);
        if (property?.GetValue(client.Handle) is SafeHandle { IsInvalid: false } handle)
        {
            reason = string.Empty;
            return handle;
        }

        reason = "this version of Confluent.Kafka does not show its handle";
        return null;
    }
}
