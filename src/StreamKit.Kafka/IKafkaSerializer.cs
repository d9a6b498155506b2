using System.Buffers;

namespace StreamKit.Kafka;

/// <summary>Makes the bytes of a key or a value in Kafka.</summary>
/// <typeparam name="T">What they are made of.</typeparam>
/// <remarks>
/// <see cref="KafkaFormat"/> has those that everyday programs need. One object may serve several jobs at a time, so it
/// keeps nothing between calls that two of them could meet in.
/// </remarks>
public interface IKafkaSerializer<in T>
{
    /// <summary>Writes the bytes.</summary>
    /// <param name="value">What to write.</param>
    /// <param name="output">Where to.</param>
    /// <returns>
    /// False for Kafka's null, which is no bytes and not an empty row of them: a key that is not there, or a value that
    /// says its key is deleted (a tombstone). What was written is ignored then.
    /// </returns>
    /// <exception cref="Exception">The value has no bytes; the job fails with it.</exception>
    bool Serialize(T value, IBufferWriter<byte> output);
}
