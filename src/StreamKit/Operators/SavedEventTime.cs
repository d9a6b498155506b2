using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Operators;

/// <summary>What an event-time step remembers, put together from all lanes that saved it.</summary>
/// <remarks>
/// Where there are other lanes now, the slowest of those that were decides, so no record becomes late.
/// </remarks>
internal sealed class SavedEventTime
{
    private readonly Dictionary<(string Source, string Split), SavedSplit> _splits = [];

    public SavedEventTime(OperatorState state)
    {
        (Watermark, Sent, IsIdle) = (long.MaxValue, long.MaxValue, true);
        foreach (StatePart part in state.Parts)
        {
            StateReader reader = part.Own();
            Watermark = Math.Min(Watermark, reader.ReadInt64());
            Sent = Math.Min(Sent, reader.ReadInt64());
            IsIdle &= reader.ReadBoolean();
            if (reader.ReadBoolean())
            {
                Retired = Math.Max(Retired ?? long.MinValue, reader.ReadInt64());
            }

            int count = reader.ReadCount();
            for (int i = 0; i < count; i++)
            {
                var split = SavedSplit.Read(ref reader);
                var key = (split.Source, split.Split);
                _splits[key] = _splits.TryGetValue(key, out SavedSplit? other)
                    && other.State.Watermark < split.State.Watermark ? other : split;
            }
        }
    }

    /// <summary>How far all splits had come together.</summary>
    public long Watermark { get; }

    /// <summary>The watermark that was handed on last.</summary>
    public long Sent { get; }

    /// <summary>Whether all splits were silent.</summary>
    public bool IsIdle { get; }

    /// <summary>How far splits had come that others may come in place of; null where there were none.</summary>
    public long? Retired { get; }

    public IReadOnlyCollection<SavedSplit> Splits => _splits.Values;

    public static void Write(
        ref StateWriter writer,
        (long Watermark, long Sent, bool IsIdle, long? Retired) own,
        IReadOnlyList<SavedSplit> splits)
    {
        writer.Write(own.Watermark);
        writer.Write(own.Sent);
        writer.Write(own.IsIdle);
        writer.Write(own.Retired is not null);
        if (own.Retired is { } retired)
        {
            writer.Write(retired);
        }

        writer.Write(splits.Count);
        foreach (SavedSplit split in splits)
        {
            split.Write(ref writer);
        }
    }
}
