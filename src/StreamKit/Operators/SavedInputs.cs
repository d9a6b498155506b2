using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>What a merge remembers of its inputs, put together from all lanes that saved it.</summary>
/// <remarks>
/// Where a stage has other lanes now, each of them takes after the slowest that there was, because any of them may have
/// what that one held back.
/// </remarks>
internal sealed class SavedInputs
{
    private readonly Dictionary<string, InputWatermark> _bySender = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InputWatermark> _byStage = new(StringComparer.Ordinal);

    public SavedInputs(long watermark, long sent, bool isIdle) => (Watermark, Sent, IsIdle) = (watermark, sent, isIdle);

    public SavedInputs(OperatorState state)
    {
        (Watermark, Sent, IsIdle) = (long.MaxValue, long.MaxValue, true);
        foreach (StatePart part in state.Parts)
        {
            StateReader reader = part.Own();
            Watermark = Math.Min(Watermark, reader.ReadInt64());
            Sent = Math.Min(Sent, reader.ReadInt64());
            IsIdle &= reader.ReadBoolean();
            int count = reader.ReadInt32();
            for (int i = 0; i < count; i++)
            {
                SavedInput input = SavedInput.Read(ref reader);
                Add(_bySender, input.Sender, input.State);
                Add(_byStage, StageOf(input.Sender), input.State);
            }
        }
    }

    /// <summary>How far all inputs had come together.</summary>
    public long Watermark { get; }

    /// <summary>The watermark that was handed on last.</summary>
    public long Sent { get; }

    /// <summary>Whether all inputs were silent.</summary>
    public bool IsIdle { get; }

    /// <summary>What is known of each input.</summary>
    public IReadOnlyList<InputWatermark> InputsOf(IReadOnlyList<string> senders)
    {
        var changed = new HashSet<string>(senders, StringComparer.Ordinal);
        changed.SymmetricExceptWith(_bySender.Keys);
        changed = [.. changed.Select(StageOf)];
        return [.. senders.Select(sender => changed.Contains(StageOf(sender))
            ? _byStage.GetValueOrDefault(StageOf(sender), InputWatermark.Unknown)
            : _bySender[sender])];
    }

    public void Write(ref StateWriter writer)
    {
        writer.Write(Watermark);
        writer.Write(Sent);
        writer.Write(IsIdle);
    }

    private static string StageOf(string sender) =>
        sender.LastIndexOf('/') is var at and >= 0 ? sender[..at] : sender;

    private static void Add(Dictionary<string, InputWatermark> inputs, string name, InputWatermark input) =>
        inputs[name] = inputs.TryGetValue(name, out InputWatermark other) ? Slower(other, input) : input;

    private static InputWatermark Slower(InputWatermark one, InputWatermark other) => new(
        Math.Min(one.Watermark, other.Watermark),
        one.IsIdle && other.IsIdle,
        one.HasEnded && other.HasEnded);
}
