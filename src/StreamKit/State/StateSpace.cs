using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>The memory for the state of one run of a job, and where it goes when that is not enough.</summary>
/// <param name="budget">The memory, which other jobs may share.</param>
/// <param name="spill">Where state goes that does not fit; nothing is opened before there is some.</param>
/// <param name="types">How the values are written.</param>
/// <param name="job">The name of the job.</param>
internal sealed class StateSpace(StateBudget budget, IStateSpill spill, StateTypes types, string job) : IDisposable
{
    private readonly Lazy<IStateSpillArea> _area = new(() => spill.Open(job));
    private readonly List<StateShare> _shares = [];
    private readonly List<(string Name, Type Type)> _missing = [];

    /// <summary>How the values are written.</summary>
    public StateTypes Types => types;

    /// <summary>The types that nothing can write, each with the operator that must; the job cannot run.</summary>
    public IEnumerable<(string Name, Type Type)> Missing => _missing.Distinct();

    /// <summary>Says of an operator that nothing can write some of its values.</summary>
    public void Miss(string name, IReadOnlyList<Type> types) => _missing.AddRange(types.Select(type => (name, type)));

    /// <summary>Gives one operator its share; while the job is built, by one thread.</summary>
    public StateShare OpenShare()
    {
        var share = new StateShare(budget, () => _area.Value);
        budget.Join();
        _shares.Add(share);
        return share;
    }

    /// <summary>Gives everything back; no operator is at work any more.</summary>
    public void Dispose()
    {
        _shares.ForEach(static share => share.Release());
        _shares.Clear();
        if (_area.IsValueCreated)
        {
            _area.Value.Dispose();
        }
    }
}
