namespace StreamKit.Tests.Oracle;

/// <summary>The watermark of several inputs: the slowest that counts decides, and the output never falls
/// (SEMANTICS 4).</summary>
internal sealed class OracleWatermarkMerge
{
    private readonly List<Input> inputs;

    public OracleWatermarkMerge(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        inputs = [.. Enumerable.Range(0, count).Select(_ => new Input())];
    }

    public long Output { get; private set; } = OracleTime.Min;

    /// <summary>How many inputs there have been.</summary>
    public int Count => inputs.Count;

    /// <summary>Whether every input that has not ended is idle, so that the output says nothing about time.</summary>
    public bool IsIdle => !IsDone && inputs.All(i => i.IsIdle || i.IsDone);

    public bool IsDone => inputs.All(i => i.IsDone);

    /// <summary>Whether what comes from the input may be behind the output.</summary>
    public bool IsBehind(int input) =>
        !inputs[input].IsDone && !inputs[input].IsRetired && inputs[input].Watermark < Output;

    public bool HasEnded(int input) => inputs[input].IsDone || inputs[input].IsRetired;

    /// <summary>Whether the input is active but behind the output, so that it does not count until it has
    /// caught up.</summary>
    public bool IsRejoining(int input) => inputs[input].IsActive && inputs[input].Watermark < Output;

    /// <summary>A watermark from an input makes it active; a lower one than before leaves its watermark as
    /// it is.</summary>
    public long Watermark(int input, long watermark)
    {
        Input from = NotDone(input);
        from.Watermark = Math.Max(from.Watermark, watermark);
        from.IsIdle = false;
        return Update();
    }

    /// <summary>An element from an input, or its own word, makes it active.</summary>
    public long Active(int input)
    {
        NotDone(input).IsIdle = false;
        return Update();
    }

    public long Idle(int input)
    {
        NotDone(input).IsIdle = true;
        return Update();
    }

    public long Done(int input)
    {
        NotDone(input).IsDone = true;
        return Update();
    }

    /// <summary>An input that is found later; it is known how far it had come, or nothing is.</summary>
    public long Add(long watermark = OracleTime.Min)
    {
        inputs.Add(new Input { Watermark = watermark });
        return Update();
    }

    /// <summary>
    /// An input has ended, but further ones may come: it is idle for ever, and never done (SEMANTICS 4.7).
    /// </summary>
    public long Retire(int input)
    {
        Input from = NotDone(input);
        (from.IsIdle, from.IsRetired) = (true, true);
        return Update();
    }

    private Input NotDone(int input) =>
        HasEnded(input) ? throw new InvalidOperationException($"Input {input} has ended.") : inputs[input];

    private long Update()
    {
        Output = Math.Max(Output, Candidate());
        return Output;
    }

    private long Candidate()
    {
        if (IsDone)
        {
            return OracleTime.Max;
        }

        var active = inputs.Where(i => i.IsActive).Select(i => i.Watermark).ToList();
        if (active.Count == 0)
        {
            return inputs.Where(i => !i.IsDone).Max(i => i.Watermark);
        }

        var aligned = active.Where(w => w >= Output).ToList();
        return aligned.Count == 0 ? Output : aligned.Min();
    }

    private sealed class Input
    {
        public long Watermark { get; set; } = OracleTime.Min;

        public bool IsIdle { get; set; }

        public bool IsDone { get; set; }

        public bool IsRetired { get; set; }

        public bool IsActive => !IsIdle && !IsDone;
    }
}
