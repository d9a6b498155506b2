using System.Buffers;
using System.Globalization;
using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Checkpointing;

/// <summary>Puts what one subtask remembers into one part of a checkpoint.</summary>
/// <remarks>
/// For each operator: the table of schemas, its own part, then what it keeps of each key group, one after the other;
/// the manifest says where each lies and how long it is.
/// </remarks>
internal static class PartEncoder
{
    public static (ReadOnlySequence<byte> Content, ManifestPart Part) Encode(SubtaskSnapshot snapshot)
    {
        var content = new Segments();
        var operators = new List<ManifestOperator>(snapshot.Operators.Count);
        foreach (OperatorSnapshot state in snapshot.Operators)
        {
            lock (state)
            {
                // What an ended subtask saved is stored with every later checkpoint, and they may overlap.
                state.Complete();
            }

            long offset = content.Length;
            content.Add(HeaderOf(state));
            var groups = new List<ManifestKeyGroup>();
            for (int group = 0; group < KeyGroups.Count; group++)
            {
                if (state.BytesOf(group) is { Length: > 0 } bytes)
                {
                    content.Add(bytes);
                    groups.Add(new ManifestKeyGroup(group, bytes.Length));
                }
            }

            operators.Add(new ManifestOperator
            {
                Name = state.Name,
                Kind = state.Kind,
                StateVersion = state.Version,
                Offset = offset,
                Bytes = content.Length - offset,
                KeyGroups = groups,
            });
        }

        ReadOnlySequence<byte> sequence = content.ToSequence();
        return (sequence, new ManifestPart
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"{snapshot.Stage}/{snapshot.Lane}"),
            Stage = snapshot.Stage,
            Lane = snapshot.Lane,
            Lanes = snapshot.Lanes,
            Bytes = sequence.Length,
            Checksum = Crc32C.Of(sequence),
            Finished = snapshot.IsFinished,
            Operators = operators,
            Positions = snapshot.Positions,
            Epochs = snapshot.Epochs,
        });
    }

    private static ReadOnlyMemory<byte> HeaderOf(OperatorSnapshot state)
    {
        var header = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(header, state.Schemas);
        state.Schemas.WriteTo(ref writer);
        writer.Write(state.OwnBytes.Span);
        writer.Flush();
        return header.WrittenMemory;
    }
}
