using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Tests.Operators;

/// <summary>Saves operators, and makes what they saved into what others take up.</summary>
internal static class SavedStates
{
    /// <summary>What an operator saves, all of it written.</summary>
    public static OperatorSnapshot Save(this IStateful operation, StateTypes? types = null)
    {
        var snapshot = new OperatorSnapshot(
            "step", operation.StateKind, operation.StateVersion, types ?? StateTypes.OfOneProcess());
        operation.Save(snapshot);
        snapshot.Complete();
        return snapshot;
    }

    /// <summary>What lanes saved, for an operator that owns all key groups.</summary>
    public static OperatorState ToState(params IEnumerable<OperatorSnapshot> lanes) =>
        new("step", [.. lanes.Select(static lane => PartOf(lane, static bytes => bytes))]);

    /// <summary>The state with one byte after the other changed, and cut off after each.</summary>
    public static IEnumerable<OperatorState> Damaged(OperatorSnapshot saved)
    {
        int total = Contents(saved).Sum(static bytes => bytes.Length);
        for (int at = 0; at < total; at++)
        {
            foreach (byte change in (byte[])[0x01, 0x80, 0xFF])
            {
                yield return new OperatorState(
                    "step", [PartOf(saved, Once(at, (bytes, at) => Changed(bytes, at, change)))]);
            }

            yield return new OperatorState("step", [PartOf(saved, Once(at, static (bytes, at) => bytes[..at]))]);
        }
    }

    private static StatePart PartOf(OperatorSnapshot saved, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> damage)
    {
        ReadOnlyMemory<byte> own = damage(saved.OwnBytes);
        return new StatePart(saved.Version, saved.Schemas, own)
        {
            Groups =
            [
                .. Enumerable.Range(0, KeyGroups.Count).Select(group => (Group: group, Bytes: saved.BytesOf(group)))
                    .Where(static one => one.Bytes.Length > 0).Select(one => (one.Group, damage(one.Bytes))),
            ],
        };
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Contents(OperatorSnapshot saved) =>
        Enumerable.Range(0, KeyGroups.Count).Select(saved.BytesOf).Prepend(saved.OwnBytes);

    // Does something at one place of all contents in a row.
    private static Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> Once(
        int at, Func<ReadOnlyMemory<byte>, int, ReadOnlyMemory<byte>> damage)
    {
        int left = at;
        return bytes =>
        {
            int here = left;
            left -= bytes.Length;
            return here >= 0 && here < bytes.Length ? damage(bytes, here) : bytes;
        };
    }

    private static ReadOnlyMemory<byte> Changed(ReadOnlyMemory<byte> bytes, int at, byte change)
    {
        byte[] changed = bytes.ToArray();
        changed[at] ^= change;
        return changed;
    }
}
