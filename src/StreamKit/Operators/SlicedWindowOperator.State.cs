using System.Runtime.CompilerServices;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <content>
/// What is saved: the slices with their keys, what was emitted of windows, what rolls. Which windows are open, and
/// which are complete, follows from the slices and the watermark.
/// </content>
internal sealed partial class SlicedWindowOperator<TKey, TIn, TAcc, TOut, TAggregator> : IStateful
{
    public string StateKind => "windows";

    // A slice's keys come in an order of their own where another window shares it.
    private bool Overlaps => _shared && !_assigner.IsPartition;

    private bool KeepsResults => _remembersPanes && Options.Mode == PaneMode.Retracting;

    // What the layout of the state and the meaning of the slices depend on.
    private (int Layout, long Lateness) Settings =>
        (((int)Options.Mode * 8) + (_remembersPanes ? 4 : 0) + (_followsVersions ? 2 : 0) + (_shared ? 1 : 0),
            Options.LatenessTicks);

    // A key in a table never changes; nor does what holds no references.
    private bool CanWriteLater => Aggregator.IsPlain
        && (!KeepsResults || typeof(TOut) == typeof(string) || !RuntimeHelpers.IsReferenceOrContainsReferences<TOut>());

    public void Declare(StateNeeds needs)
    {
        needs.Add<TKey>();
        Aggregator.DeclareNeeds(needs);
        if (KeepsResults)
        {
            needs.Add<TOut>();
        }
    }

    public void Save(OperatorSnapshot snapshot)
    {
        RollingCopy<TKey, TAcc>? rolling = _firing.CopyRolling();
        StateWriter own = snapshot.Own();
        WriteTime(ref own);
        own.Write(Settings.Layout);
        own.Write(Settings.Lateness);
        own.Write(_filler.Version);
        own.Write(_filler.Registrations);
        own.Write(rolling?.Entries ?? 0);
        own.Flush();

        foreach (Slice<TKey, TAcc> slice in _store.Slices.Where(static slice => slice.Runs.Count > 0))
        {
            // At once: a run may be gone when a thing that was put off is written.
            _spilling!.Save(snapshot, slice, WindowsOver(slice.Bounds).Count, Overlaps); // Else there were no runs.
        }

        SliceCopy<TKey, TAcc>[] slices = [.. _store.Slices.Where(static slice => slice.Runs.Count == 0).Select(
            slice => slice.Copy(WindowsOver(slice.Bounds).Count, Overlaps, _followsVersions))];
        PanesCopy<TKey, TOut>[] panes = [.. _store.Windows.Where(static window => window.Panes is not null).Select(
            static window => new PanesCopy<TKey, TOut>(window.Bounds, window.Panes!.Entries.ToArray()))];
        if (CanWriteLater)
        {
            snapshot.Later(Write);
        }
        else
        {
            Write(snapshot);
        }

        void Write(OperatorSnapshot to)
        {
            Array.ForEach(slices, slice => slice.Write(to, Aggregator, Context.HashSeed));
            Array.ForEach(panes, window => window.Write(to, KeepsResults, Context.HashSeed));
            rolling?.Write(to, Aggregator, Context.HashSeed);
        }
    }

    public void Restore(OperatorState state)
    {
        long version = 0, registrations = 0, entries = 0;
        for (int lane = 0; lane < state.Parts.Count; lane++)
        {
            StateReader own = state.Parts[lane].Own();
            ReadTime(ref own, isFirst: lane == 0);
            if ((own.ReadInt32(), own.ReadInt64()) != Settings)
            {
                throw OfOtherWindows();
            }

            version = Math.Max(version, own.ReadInt64());
            registrations = Math.Max(registrations, own.ReadInt64());
            entries = Math.Max(entries, own.ReadInt64());
        }

        var saved = new SavedSlices<TKey, TIn, TAcc, TOut, TAggregator>(
            Aggregator, _followsVersions, KeepsResults, Context.HashSeed, state);
        Slice<TKey, TAcc>[] slices = [.. saved.Slices.Select(Open)];
        long registered = saved.Fill(slices, Overlaps);
        _filler.Restore(version, state.Parts.Count == 1 ? registrations : registered);
        _noted = version;
        RestorePanes(saved);
        RestoreRolling(saved, slices, entries);
        Count();
    }

    private static StateException OfOtherWindows() => new(
        "It was saved by windows that were cut, kept or emitted in another way, and would be taken for what it is not: "
            + "give the step another name, or the windows that it had.");

    private List<Window> WindowsOver(Window slice)
    {
        _windows.Clear();
        if (_shared)
        {
            _assigner.AddWindowsOf(slice, _windows);
        }
        else
        {
            _windows.Add(slice);
        }

        return _windows;
    }

    private Slice<TKey, TAcc> Open(SavedSlice saved)
    {
        Window cut = _assigner.SliceOf(saved.Bounds.StartTime.Ticks);
        List<Window> windows = WindowsOver(_shared ? cut : saved.Bounds);
        bool isSame = windows.Count == saved.Windows && windows.FirstEnd() == saved.FirstEnd;
        if (_shared)
        {
            isSame &= cut == saved.Bounds;
        }
        else
        {
            windows = [];
            _assigner.AddWindowsOf(cut, windows);
            isSame &= windows.Contains(saved.Bounds);
            windows = [saved.Bounds];
        }

        windows.RemoveAll(window => _store.IsExpired(window, Watermark));
        if (!isSame || windows.Count == 0)
        {
            throw OfOtherWindows();
        }

        return _store.Open(saved.Bounds, windows, saved.FirstEnd, Watermark, registrations: 0);
    }

    private void RestorePanes(SavedSlices<TKey, TIn, TAcc, TOut, TAggregator> saved)
    {
        foreach ((Window bounds, TKey key, ulong hash, PaneState<TOut> pane) in saved.Panes)
        {
            if (!_remembersPanes || _store.FindWindow(bounds) is not { } window)
            {
                throw StateException.Damaged("a window that is not open has said something");
            }

            window.Panes ??= new KeyTable<TKey, PaneState<TOut>>();
            window.Panes.At(window.Panes.FindOrAdd(key, hash, out _)).Value = pane;
        }
    }

    private void RestoreRolling(
        SavedSlices<TKey, TIn, TAcc, TOut, TAggregator> saved, Slice<TKey, TAcc>[] slices, long entries)
    {
        IEnumerable<Slice<TKey, TAcc>> entered = slices.Where((_, at) => saved.Slices[at].HasEntered)
            .OrderBy(static slice => slice.Bounds.StartTime);
        if (_firing.RestoreRolling(entered, entries) is { } rolling)
        {
            foreach ((TKey key, ulong hash, int held, TAcc[] front) in saved.Fronts)
            {
                rolling.RestoreFront(key, (uint)hash, held, front);
            }
        }
    }
}
