using StreamKit.Serialization;

namespace StreamKit.State;

/// <summary>All that remembers in one subtask.</summary>
internal sealed class SubtaskState(StateTypes types)
{
    private readonly List<(string Name, IStateful State)> _members = [];

    /// <summary>The names under which state is saved.</summary>
    public IEnumerable<string> Names => _members.Select(static member => member.Name);

    /// <summary>Adds something that remembers, under a name of its own.</summary>
    public void Add(string name, IStateful state) => _members.Add((name, state));

    /// <summary>The steps that part records by keys whose hash is another in each process, with the type.</summary>
    public List<(string Step, Type Key)> UnstableKeys { get; } = [];

    /// <summary>The types of users that have no serializer, with the operator that needs each.</summary>
    public IEnumerable<(string Name, Type Missing)> FindMissing()
    {
        foreach ((string name, IStateful state) in _members)
        {
            var needs = new StateNeeds(types);
            state.Declare(needs);
            foreach (Type missing in needs.Missing)
            {
                yield return (name, missing);
            }
        }
    }

    /// <summary>Saves everything; nothing may be under way in the subtask.</summary>
    public IReadOnlyList<OperatorSnapshot> Save()
    {
        var snapshots = new OperatorSnapshot[_members.Count];
        for (int i = 0; i < snapshots.Length; i++)
        {
            (string name, IStateful state) = _members[i];
            snapshots[i] = new OperatorSnapshot(name, state.StateKind, state.StateVersion, types);
            state.Save(snapshots[i]);
        }

        return snapshots;
    }

    /// <summary>Hands everything its state, where there is one.</summary>
    /// <param name="find">The state under a name, or null.</param>
    /// <exception cref="StateException">State cannot be taken up; the message says whose and why.</exception>
    public void Restore(Func<string, OperatorState?> find)
    {
        foreach ((string name, IStateful state) in _members)
        {
            try
            {
                if (find(name) is { } saved)
                {
                    RefuseNewerForms(state, saved);
                    state.Restore(saved);
                }
            }
            catch (StateException exception)
            {
                throw new StateException($"'{name}' cannot take up its state. {exception.Message}", exception);
            }
        }
    }

    private static void RefuseNewerForms(IStateful state, OperatorState saved)
    {
        if (saved.Parts.Any(part => part.Version > state.StateVersion))
        {
            throw new StateException(
                $"It is of version {saved.Parts.Max(static part => part.Version)}, and this version of StreamKit "
                + $"knows those up to {state.StateVersion}: a newer one wrote it.");
        }
    }
}
