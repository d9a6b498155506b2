namespace StreamKit.State;

/// <summary>What one operator of one subtask takes of the memory for state.</summary>
internal sealed class StateShare(StateBudget budget, Func<IStateSpillArea> area)
{
    private long _bytes;

    /// <summary>Whether there is too much state, and it is for this operator to spill some.</summary>
    public bool MustSpill => WouldSpill(0);

    /// <summary>Whether so many bytes more would be too many.</summary>
    public bool WouldSpill(long more) =>
        budget.UsedBytes + more > budget.MaxBytes && _bytes + more > budget.ModestBytes;

    /// <summary>Says how many bytes the operator's state takes now.</summary>
    public void Set(long bytes)
    {
        budget.Add(bytes - _bytes);
        _bytes = bytes;
    }

    /// <summary>Gives back what is held; the operator is not used further.</summary>
    public void Release()
    {
        budget.Leave(_bytes);
        _bytes = 0;
    }

    /// <summary>Begins a run outside of memory.</summary>
    public IStateRunWriter Begin() => area().Begin();
}
