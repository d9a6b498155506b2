using StreamKit.Records;
using StreamKit.Serialization;
using StreamKit.State;
using StreamKit.Time;

namespace StreamKit.Operators;

/// <summary>Makes one input of several: batches as they come, one watermark, one end.</summary>
/// <param name="head">The first receiver of the subtask.</param>
/// <param name="inputsHaveSplits">
/// Whether records have no event time yet, so that the splits of all inputs are told apart further down. Then every
/// input stands there as a split of its own until its real ones are known: a watermark, or the end, of a quick input
/// must not go ahead of one that has not said anything yet.
/// </param>
internal sealed class InputMerge<TBatch>(Receiver<TBatch> head, bool inputsHaveSplits = false) : IStateful
{
    private readonly WatermarkMerge _watermarks = new();
    private readonly Output<TBatch> _output = new(head);
    private readonly HashSet<int> _unknown = [];
    private IReadOnlyList<string> _senders = [];
    private SavedInputs? _restored;
    private long _sent = long.MinValue;
    private bool _idle;
    private int _ended;

    /// <summary>Whether all inputs have ended.</summary>
    public bool IsEnded => _ended == _watermarks.Count;

    public long NextTimer => _output.NextTimer;

    public bool HoldsNothing => _output.HoldsNothing;

    /// <summary>Adds all inputs, as they were when they were saved; called once, before anything comes.</summary>
    /// <param name="senders">Who sends on each, by names that stay the same.</param>
    public void AddInputs(IReadOnlyList<string> senders)
    {
        _senders = senders;
        if (_restored is { } restored)
        {
            _watermarks.Restore(restored.Watermark, restored.InputsOf(senders));
            _restored = null;
        }
        else
        {
            foreach (string _ in senders)
            {
                _watermarks.Add();
            }
        }

        for (int input = 0; inputsHaveSplits && input < senders.Count; input++)
        {
            StandInFor(input);
        }
    }

    /// <summary>Adds one more input.</summary>
    public int AddInput()
    {
        int input = _watermarks.Add();
        if (inputsHaveSplits)
        {
            StandInFor(input);
        }

        return input;
    }

    /// <summary>Hands a batch to the head; like a receiver's answer, false means to resume first.</summary>
    public bool OnBatch(int input, TBatch batch)
    {
        // Only an input that was idle, or came late, is behind what all inputs have reached together.
        if (_watermarks.IsRejoining(input) && batch is ICausesLateness late)
        {
            late.LateCause = LateCause.IdleInputRejoined;
        }

        _output.Push(batch);
        return !_output.IsBlocked;
    }

    public bool OnSignal(int input, Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark:
                Send(_watermarks.Advance(input, signal.Value));
                SetIdle(_watermarks.IsIdle);
                break;
            case SignalKind.Idle:
                Send(_watermarks.Idle(input));
                SetIdle(_watermarks.IsIdle);
                break;
            case SignalKind.Active:
                Send(_watermarks.Active(input));
                SetIdle(_watermarks.IsIdle);
                break;
            case SignalKind.End:
                End(input);
                break;
            case SignalKind.Started:
                Know(input);
                break;
            default:
                _output.Push(signal);
                break;
        }

        return !_output.IsBlocked;
    }

    /// <summary>A signal that concerns the subtask itself, such as processing time.</summary>
    public bool OnLocalSignal(Signal signal)
    {
        _output.Push(signal);
        return !_output.IsBlocked;
    }

    public bool Resume() => _output.Resume();

    public string StateKind => "inputs";

    public void Declare(StateNeeds needs)
    {
    }

    public void Save(OperatorSnapshot snapshot)
    {
        StateWriter writer = snapshot.Own();
        new SavedInputs(_watermarks.Current, _sent, _idle).Write(ref writer);
        writer.Write(_senders.Count);
        for (int input = 0; input < _senders.Count; input++)
        {
            new SavedInput(_senders[input], _watermarks.StateOf(input)).Write(ref writer);
        }

        writer.Flush();
    }

    public void Restore(OperatorState state)
    {
        _restored = new SavedInputs(state);
        (_sent, _idle) = (_restored.Sent, _restored.IsIdle);
    }

    // Below zero, where no real split has its number.
    private static int StandIn(int input) => -1 - input;

    private void StandInFor(int input)
    {
        _unknown.Add(input);
        _output.Push(Signal.SplitStart(StandIn(input)));
    }

    private void Know(int input)
    {
        if (_unknown.Remove(input))
        {
            _output.Push(Signal.SplitEnd(StandIn(input)));
            if (_unknown.Count == 0)
            {
                _output.Push(Signal.Started);
            }
        }
    }

    private void End(int input)
    {
        Know(input);
        Send(_watermarks.Finish(input));
        SetIdle(_watermarks.IsIdle);
        if (++_ended == _watermarks.Count)
        {
            _output.Push(Signal.End);
        }
    }

    private void Send(long watermark)
    {
        if (watermark > _sent)
        {
            _sent = watermark;
            _output.Push(Signal.Watermark(watermark));
        }
    }

    private void SetIdle(bool idle)
    {
        if (idle != _idle)
        {
            _idle = idle;
            _output.Push(idle ? Signal.Idle : Signal.Active);
        }
    }
}
