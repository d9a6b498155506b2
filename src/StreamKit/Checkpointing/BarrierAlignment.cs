using System.Diagnostics;

namespace StreamKit.Checkpointing;

/// <summary>
/// Decides, for a subtask with several inputs, which of them must wait for the others' barriers and when all have come.
/// </summary>
/// <remarks>
/// Aligned barriers (SEMANTICS 16.1): once the barrier of a checkpoint has come from an input, nothing more of it is
/// taken before the barrier has come from all, so what is saved then is the work on exactly the records before the
/// barriers. An input that has ended counts as one whose barrier has come. The barrier of a later checkpoint says that
/// the one before was given up.
/// </remarks>
/// <param name="holds">
/// Whether inputs wait. Where they do not, what is saved may hold the work on records behind a barrier too, which are
/// worked on once more after a restore: each counts at least once, and none waits.
/// </param>
internal sealed class BarrierAlignment(bool holds = true)
{
    private readonly List<InputState> _inputs = [];
    private int _reached;
    private int _ended;
    private bool _isUnderWay;

    private enum InputState
    {
        Open,
        Held,
        Ended,
    }

    /// <summary>The checkpoint whose barriers are awaited, or were last; 0 before the first.</summary>
    public long Checkpoint { get; private set; }

    /// <summary>Whether the barriers of some inputs have come, and not those of all.</summary>
    public bool IsAligning => _isUnderWay;

    public void AddInput() => _inputs.Add(InputState.Open);

    /// <summary>Whether nothing may be taken from the input for now.</summary>
    public bool IsHeld(int input) => holds && _inputs[input] == InputState.Held;

    /// <summary>Takes notice of a barrier; true when it was the last one and the state is to be saved now.</summary>
    public bool OnBarrier(int input, long checkpoint)
    {
        Debug.Assert(_inputs[input] != InputState.Ended, "nothing comes after the end");
        Debug.Assert(!IsHeld(input), "nothing is taken from an input that is held");
        if (checkpoint < Checkpoint || (checkpoint == Checkpoint && !IsAligning))
        {
            return false; // Given up already.
        }

        if (checkpoint > Checkpoint)
        {
            Release();
            Checkpoint = checkpoint;
        }

        _inputs[input] = InputState.Held;
        _reached++;
        _isUnderWay = true;
        return CompleteIfAllHaveCome();
    }

    /// <summary>Takes notice that an input has ended; true when the others waited for it only.</summary>
    public bool OnEnd(int input)
    {
        Debug.Assert(_inputs[input] != InputState.Ended, "an input ends once");
        Debug.Assert(!IsHeld(input), "nothing is taken from an input that is held");
        if (_inputs[input] == InputState.Held)
        {
            _reached--;
        }

        _inputs[input] = InputState.Ended;
        _ended++;
        return _isUnderWay && CompleteIfAllHaveCome();
    }

    private bool CompleteIfAllHaveCome()
    {
        if (_reached + _ended < _inputs.Count)
        {
            return false;
        }

        Release();
        return true;
    }

    private void Release()
    {
        _reached = 0;
        _isUnderWay = false;
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (_inputs[i] == InputState.Held)
            {
                _inputs[i] = InputState.Open;
            }
        }
    }
}
