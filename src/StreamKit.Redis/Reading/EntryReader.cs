using System.Text;
using StackExchange.Redis;
using StreamKit.Connectors;

namespace StreamKit.Redis.Reading;

/// <summary>Makes records of the entries of a stream, and reports what is none.</summary>
internal sealed class EntryReader<T>(string stream, Func<StreamEntry, T> record, SourceContext<T> context)
{
    // What is kept of an entry that is no record.
    private const int MostBytes = 1024;

    public void Take(StreamEntry entry, RecordBuffer<T> buffer)
    {
        if (entry.Values is not { Length: > 0 })
        {
            // Only consumers of a group are told of entries that are not there any more.
            Report(entry, "it was removed from the stream before it was read", null);
            return;
        }

        T made;
        try
        {
            made = record(entry);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // Whatever the delegate throws says that the entry is no record; the policy decides what follows.
            Report(entry, failure.Message, failure);
            return;
        }

        buffer.Add(made);
    }

    private void Report(StreamEntry entry, string what, Exception? cause) => context.Report(new BadRecord(
        stream,
        entry.Id,
        BytesOf(entry),
        new InvalidDataException($"'{stream}', entry {entry.Id}: {what}", cause)));

    private static byte[] BytesOf(StreamEntry entry)
    {
        var text = new StringBuilder();
        foreach (NameValueEntry field in entry.Values ?? [])
        {
            text.Append(text.Length == 0 ? "" : "\n").Append(field.Name).Append('=').Append(field.Value);
            if (text.Length >= MostBytes)
            {
                break;
            }
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return bytes.Length <= MostBytes ? bytes : bytes[..MostBytes];
    }
}
