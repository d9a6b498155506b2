using System.Diagnostics;

namespace StreamKit.Time;

/// <summary>The watermark of an operator with several inputs (or of a source with several splits).</summary>
/// <remarks>
/// The slowest input that is not idle decides, because a record that was on time on its own input must not become late
/// here. The result never falls. An input that comes back from idleness behind the result, or that is added at run
/// time, does not hold the result back until it has caught up: it is <em>rejoining</em>.
/// An input that has ended is forgotten, so the cost is that of the inputs that live, however many there have been. One
/// that is <em>retired</em> ended while others may still come in its place: it counts as idle for ever, so event time
/// does not end with it, but only the highest watermark of all the retired is kept.
/// </remarks>
internal sealed class WatermarkMerge
{
    private readonly Dictionary<int, Input> _live = [];
    private long _highestRetired = long.MinValue;
    private bool _anyRetired;

    /// <summary>The merged watermark; <see cref="long.MinValue"/> while nothing is known.</summary>
    public long Current { get; private set; } = long.MinValue;

    /// <summary>Whether every input that is not finished is idle (and there is at least one, or was).</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Whether there is at least one input and every input is finished.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How many inputs there have been, those that have ended included.</summary>
    public int Count { get; private set; }

    /// <summary>How many inputs have not ended.</summary>
    public int LiveCount => _live.Count;

    /// <summary>
    /// Adds an input: with the first watermark still to come it holds the result at nothing, or, where the result has
    /// moved already, is rejoining.
    /// </summary>
    /// <param name="watermark">How far the input had come before, where that is known.</param>
    public int Add(long watermark = long.MinValue)
    {
        _live.Add(Count, new Input { Watermark = watermark });
        int input = Count++;
        Merge();
        return input;
    }

    /// <summary>
    /// Brings a new merge to where another was: how far it had come, and its inputs, which get the numbers from 0 on.
    /// </summary>
    public void Restore(long current, IReadOnlyList<InputWatermark> inputs, long? retired = null)
    {
        Debug.Assert(Count == 0, "only a merge without inputs can take up those of another");
        foreach (InputWatermark input in inputs)
        {
            if (!input.HasEnded)
            {
                _live.Add(Count, new Input { Watermark = input.Watermark, IsIdle = input.IsIdle });
            }

            Count++;
        }

        if (retired is { } highest)
        {
            (_anyRetired, _highestRetired) = (true, highest);
        }

        // Only now: with one input more the result can be less.
        Current = current;
        Merge();
    }

    /// <summary>
    /// Whether records of this input that are behind are so because it came back from idleness, or came late.
    /// </summary>
    public bool IsRejoining(int input) =>
        _live.TryGetValue(input, out Input? state) && state.Watermark < Current;

    /// <summary>How far an input has come; <see cref="long.MinValue"/> while nothing is known of it.</summary>
    public long WatermarkOf(int input) =>
        _live.TryGetValue(input, out Input? state) ? state.Watermark : long.MinValue;

    /// <summary>How far the retired inputs had come; null where none was retired.</summary>
    public long? Retired => _anyRetired ? _highestRetired : null;

    /// <summary>What is known of an input, to be restored.</summary>
    public InputWatermark StateOf(int input) => _live.TryGetValue(input, out Input? state)
        ? new InputWatermark(state.Watermark, state.IsIdle)
        : InputWatermark.Ended;

    public bool IsIdleInput(int input) => _live.TryGetValue(input, out Input? state) && state.IsIdle;

    /// <summary>
    /// Reports an input's watermark, which also makes the input active; a lower one than before is ignored.
    /// </summary>
    public long Advance(int input, long watermark)
    {
        if (_live.TryGetValue(input, out Input? state))
        {
            state.Watermark = Math.Max(state.Watermark, watermark);
            state.IsIdle = false;
        }

        return Merge();
    }

    /// <summary>Reports that an input is silent.</summary>
    public long Idle(int input) => SetIdle(input, true);

    /// <summary>Reports that an input is no longer silent.</summary>
    public long Active(int input) => SetIdle(input, false);

    /// <summary>Reports that an input has ended; whatever is reported of it afterwards changes nothing.</summary>
    public long Finish(int input)
    {
        _live.Remove(input);
        return Merge();
    }

    /// <summary>
    /// Reports that an input has ended while others may come in its place: it counts as idle from now on.
    /// </summary>
    public long Retire(int input)
    {
        if (_live.Remove(input, out Input? state))
        {
            _anyRetired = true;
            _highestRetired = Math.Max(_highestRetired, state.Watermark);
        }

        return Merge();
    }

    /// <summary>Moves the result on without any input having said so; inputs behind it are rejoining then.</summary>
    public long Raise(long watermark) => Current = Math.Max(Current, watermark);

    private long SetIdle(int input, bool idle)
    {
        if (_live.TryGetValue(input, out Input? state))
        {
            state.IsIdle = idle;
        }

        return Merge();
    }

    private long Merge()
    {
        long lowestAligned = long.MaxValue;
        long highest = _highestRetired;
        bool anyActive = false, anyAligned = false;
        foreach (Input input in _live.Values)
        {
            highest = Math.Max(highest, input.Watermark);
            if (!input.IsIdle)
            {
                anyActive = true;
                if (input.Watermark >= Current)
                {
                    anyAligned = true;
                    lowestAligned = Math.Min(lowestAligned, input.Watermark);
                }
            }
        }

        IsDone = _live.Count == 0 && Count > 0 && !_anyRetired;
        IsIdle = !anyActive && !IsDone;

        // All idle: flush to the highest, or the result would depend on the order in which the idle marks arrive.
        long candidate = IsDone ? long.MaxValue : anyAligned ? lowestAligned : anyActive ? Current : highest;
        Debug.Assert(!anyAligned || candidate >= Current, "an aligned input is never behind the result");
        Current = Math.Max(Current, candidate);
        return Current;
    }

    private sealed class Input
    {
        public long Watermark { get; set; } = long.MinValue;

        public bool IsIdle { get; set; }
    }
}
