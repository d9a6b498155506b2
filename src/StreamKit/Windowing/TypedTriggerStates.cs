using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>States side by side in one array, unboxed; those that were given back are used again.</summary>
internal sealed class TypedTriggerStates<T, TState>(ITrigger<T, TState> trigger) : TriggerStates<T>
    where TState : struct
{
    private readonly Stack<int> _free = new();
    private TState[] _states = new TState[8];
    private int _count;

    public override int Open() => Add(trigger.Create());

    public override void Close(int state)
    {
        _states[state] = default;
        _free.Push(state);
    }

    public override TriggerResult OnRecord(int state, in T record, TriggerContext context)
    {
        TState changed = _states[state];
        TriggerResult result = trigger.OnRecord(ref changed, in record, context);
        _states[state] = changed;
        return result;
    }

    public override TriggerResult OnEventTimer(int state, TriggerContext context)
    {
        TState changed = _states[state];
        TriggerResult result = trigger.OnEventTimer(ref changed, context);
        _states[state] = changed;
        return result;
    }

    public override TriggerResult OnProcessingTimer(int state, TriggerContext context)
    {
        TState changed = _states[state];
        TriggerResult result = trigger.OnProcessingTimer(ref changed, context);
        _states[state] = changed;
        return result;
    }

    public override void Merge(int into, int from)
    {
        TState changed = _states[into];
        trigger.Merge(ref changed, in _states[from]);
        _states[into] = changed;
    }

    public override void DeclareNeeds(StateNeeds needs) => needs.Add<TState>();

    public override void Write(ref StateWriter writer, int state) => writer.Value(in _states[state]);

    public override int Read(ref StateReader reader) => Add(reader.Value<TState>());

    private int Add(TState state)
    {
        if (!_free.TryPop(out int at))
        {
            at = _count++;
            if (at == _states.Length)
            {
                Array.Resize(ref _states, checked(_states.Length * 2));
            }
        }

        _states[at] = state;
        return at;
    }
}
