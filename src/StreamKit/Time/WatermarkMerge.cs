using System.Diagnostics;

namespace StreamKit.Time;

/// <summary>The watermark of an operator with several inputs (or of a source with several splits).</summary>
/// <remarks>
/// The slowest input that is not idle decides, because a record that was on time on its own input must not become late
/// here. The result never falls. An input that comes back from idleness behind the result, or that is added at run
/// time, does not hold the result back until it has caught up: it is <em>rejoining</em>.
/// </remarks>
internal sealed class WatermarkMerge
{
    private readonly List<Input> _inputs = [];

    /// <summary>The merged watermark; <see cref="long.MinValue"/> while nothing is known.</summary>
    public long Current { get; private set; } = long.MinValue;

    /// <summary>Whether every input that is not finished is idle (and there is at least one).</summary>
    public bool IsIdle { get; private set; }

    /// <summary>Whether there is at least one input and every input is finished.</summary>
    public bool IsDone { get; private set; }

    public int Count => _inputs.Count;

    /// <summary>Adds an input; before the first report it holds the result at its present value.</summary>
    public int Add()
    {
        _inputs.Add(new Input());
        return _inputs.Count - 1;
    }

    /// <summary>
    /// Whether records of this input that are behind are so because it came back from idleness, or came late.
    /// </summary>
    public bool IsRejoining(int input) => _inputs[input].Watermark < Current && !_inputs[input].IsDone;

    public bool IsIdleInput(int input) => _inputs[input].IsIdle;

    public long WatermarkOf(int input) => _inputs[input].Watermark;

    /// <summary>
    /// Reports an input's watermark, which also makes the input active; a lower one than before is ignored.
    /// </summary>
    public long Advance(int input, long watermark)
    {
        Input state = _inputs[input];
        state.Watermark = Math.Max(state.Watermark, watermark);
        state.IsIdle = false;
        return Merge();
    }

    /// <summary>Reports that an input is silent.</summary>
    public long Idle(int input)
    {
        _inputs[input].IsIdle = true;
        return Merge();
    }

    /// <summary>Reports that an input is no longer silent.</summary>
    public long Active(int input)
    {
        _inputs[input].IsIdle = false;
        return Merge();
    }

    /// <summary>Reports that an input has ended.</summary>
    public long Finish(int input)
    {
        _inputs[input].IsDone = true;
        return Merge();
    }

    private long Merge()
    {
        long lowestAligned = long.MaxValue;
        long highest = long.MinValue;
        bool anyActive = false, anyAligned = false, allDone = true;
        foreach (Input input in _inputs)
        {
            if (input.IsDone)
            {
                continue;
            }

            allDone = false;
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

        IsDone = allDone && _inputs.Count > 0;
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

        public bool IsDone { get; set; }
    }
}
