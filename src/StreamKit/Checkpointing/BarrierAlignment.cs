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
internal sealed class BarrierAlignment
{
    private readonly List<InputState> _inputs = [];
    private int _reached;
    private int _ended;

    private enum InputState
    {
        Open,
        Held,
        Ended,
    }

    /// <summary>The checkpoint whose barriers are awaited, or were last; 0 before the first.</summary>
    public long Checkpoint { get; private set; }

    /// <summary>Whether some inputs wait for the others.</summary>
    public bool IsAligning => _reached > 0;

    public void AddInput() => _inputs.Add(InputState.Open);

    /// <summary>Whether nothing may be taken from the input for now.</summary>
    public bool IsHeld(int input) => _inputs[input] == InputState.Held;

    /// <summary>Takes notice of a barrier; true when it was the last one and the state is to be saved now.</summary>
    public bool OnBarrier(int input, long checkpoint)
    {
        Debug.Assert(_inputs[input] == InputState.Open, "nothing is taken from an input that is held or has ended");
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
        return CompleteIfAllHaveCome();
    }

    /// <summary>Takes notice that an input has ended; true when the others waited for it only.</summary>
    public bool OnEnd(int input)
    {
        Debug.Assert(_inputs[input] == InputState.Open, "an input ends once, and not while it is held");
        _inputs[input] = InputState.Ended;
        _ended++;
        return IsAligning && CompleteIfAllHaveCome();
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
        for (int i = 0; i < _inputs.Count; i++)
        {
            if (_inputs[i] == InputState.Held)
            {
                _inputs[i] = InputState.Open;
            }
        }
    }
}
