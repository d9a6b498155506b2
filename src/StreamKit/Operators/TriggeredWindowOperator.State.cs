using System.Diagnostics;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <content>
/// What is saved: each window of each key, with what its trigger remembers. Which phase a window is in follows from the
/// watermark, and when it is due from that and its timers.
/// </content>
internal abstract partial class TriggeredWindowOperator<TKey, TIn, TAcc, TOut, TAggregator> : IStateful
{
    public string StateKind => "windows with triggers";

    private bool KeepsResults => Options.Mode == PaneMode.Retracting;

    // What the layout of the state and the meaning of the windows depend on.
    private (int Layout, long Lateness) Settings =>
        (((int)Options.Mode * 4) + (Options.Early is null ? 0 : 2) + (Options.Late is null ? 0 : 1),
            Options.LatenessTicks);

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        Aggregator.DeclareNeeds(needs);
        _triggers.DeclareNeeds(needs);
        if (KeepsResults)
        {
            needs.Add<TOut>();
        }
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        own.Write(Settings.Layout);
        own.Write(Settings.Lateness);
        own.Write(_made);
        own.Flush();
        foreach (KeyedWindow<TKey, TAcc, TOut> window in AllWindows())
        {
            Debug.Assert(window.IsComplete == Watermark >= EndOf(window), "the watermark says the phase");
            StateWriter writer = snapshot.Group(window.Hash);
            Write(ref writer, window);
            writer.Flush();
        }
    }

    public void Restore(OperatorState state)
    {
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            if ((own.ReadInt32(), own.ReadInt64()) != Settings)
            {
                throw new StateException(
                    "It was saved by windows that were kept or emitted in another way, and would be taken for what it "
                        + "is not: give the step another name, or the windows that it had.");
            }

            _made = Math.Max(_made, own.ReadInt64());
        }

        List<KeyedWindow<TKey, TAcc, TOut>> windows = ReadWindows(state);
        _open = windows.Count;

        // The last first, because each goes before those of its key that are there.
        for (int i = windows.Count - 1; i >= 0; i--)
        {
            TakeUp(windows[i]);
            Reschedule(windows[i]);
        }

        Count();
    }

    /// <summary>Takes up a window that was saved; it goes before the others of its key.</summary>
    protected abstract void TakeUp(KeyedWindow<TKey, TAcc, TOut> window);

    private List<KeyedWindow<TKey, TAcc, TOut>> ReadWindows(OperatorState state)
    {
        var keys = new SavedKeys<TKey>(Context.HashSeed);
        var windows = new List<KeyedWindow<TKey, TAcc, TOut>>();
        state.ReadGroups((ref reader, group) => windows.Add(Read(ref reader, keys, group)));
        if (state.Parts.Count > 1)
        {
            // Each lane counted for itself: first what they say, then the order of the lanes.
            _made = 0;
            foreach (KeyedWindow<TKey, TAcc, TOut> window in windows.OrderBy(static window => window.Order).ToList())
            {
                window.Order = _made++;
            }
        }

        return windows;
    }

    private void Write(ref StateWriter writer, KeyedWindow<TKey, TAcc, TOut> window)
    {
        writer.Payload(writer.Schema<TKey>(), window.Key);
        writer.Value(window.Bounds);
        writer.Write(window.Order);
        writer.Write(window.IsDirty);
        window.Panes.Write(ref writer, KeepsResults ? writer.Schema<TOut>() : null);
        _triggers.Write(ref writer, window);
        Aggregator.Write(ref writer, in window.Accumulator);
    }

    private KeyedWindow<TKey, TAcc, TOut> Read(ref StateReader reader, SavedKeys<TKey> keys, int group)
    {
        TKey key = keys.Read(ref reader, reader.Schema<TKey>(), group, out ulong hash);
        Window bounds = reader.Value<Window>();
        var window = new KeyedWindow<TKey, TAcc, TOut>(key, hash, bounds, reader.ReadInt64())
        {
            IsComplete = Watermark >= bounds.EndTime.Ticks,
            IsDirty = reader.ReadBoolean(),
            Panes = PaneState<TOut>.Read(ref reader, KeepsResults ? reader.Schema<TOut>() : null),
        };
        _triggers.Read(ref reader, window);
        window.Accumulator = Aggregator.Read(ref reader);
        return window;
    }
}
