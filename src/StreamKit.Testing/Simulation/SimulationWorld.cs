using StreamKit.Connectors;

namespace StreamKit.Testing.Simulation;

/// <summary>
/// What lies outside of a simulated process and survives it: what sources hold, and what sinks were given.
/// </summary>
/// <remarks>
/// The pipeline is built anew for each process, from the same world. Its sources and sinks come from here; its
/// operators are the real ones.
/// </remarks>
public sealed class SimulationWorld
{
    private readonly Dictionary<string, ISimulatedSink> _sinks = new(StringComparer.Ordinal);
    private readonly FaultPlan _faults;
    private readonly int _maxFaults;

    internal SimulationWorld(Random random, FaultPlan faults, int maxFaults) =>
        (Random, _faults, _maxFaults) = (random, faults, maxFaults);

    internal IEnumerable<KeyValuePair<string, ISimulatedSink>> Sinks => _sinks;

    internal Random Random { get; }

    internal VirtualTime Time { get; set; } = new();

    /// <summary>
    /// A source with these splits, which are delivered in pieces and with delays, and can be read again.
    /// </summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="splits">The records of each split, in order; at least one split, which may be empty.</param>
    public ISource<T> Source<T>(params IReadOnlyList<IReadOnlyList<T>> splits)
    {
        ArgumentNullException.ThrowIfNull(splits);
        ArgumentOutOfRangeException.ThrowIfZero(splits.Count, nameof(splits));
        return new SimulatedSource<T>(this, splits);
    }

    /// <summary>A sink that commits in two phases: in the end it must hold every record exactly once.</summary>
    /// <typeparam name="T">The type of the records; equal records have to be equal by <c>Equals</c>.</typeparam>
    /// <param name="name">Its name in the world.</param>
    public ISink<T> ExactlyOnce<T>(string name) => new TwoPhaseSink<T>(this, LogOf<T>(name, SinkGuarantee.ExactlyOnce));

    /// <summary>
    /// A sink that is given records after the checkpoint that holds them: in the end it must hold every record exactly
    /// once.
    /// </summary>
    /// <typeparam name="T">The type of the records; equal records have to be equal by <c>Equals</c>.</typeparam>
    /// <param name="name">Its name in the world.</param>
    public IWriteAheadSink<T> WriteAhead<T>(string name) =>
        new WriteAheadSink<T>(this, LogOf<T>(name, SinkGuarantee.ExactlyOnce));

    /// <summary>
    /// A sink that appends at once: in the end it must hold every record at least once, and no other.
    /// </summary>
    /// <typeparam name="T">The type of the records; equal records have to be equal by <c>Equals</c>.</typeparam>
    /// <param name="name">Its name in the world.</param>
    public ISink<T> Append<T>(string name) => new AppendSink<T>(this, LogOf<T>(name, SinkGuarantee.AtLeastOnce));

    /// <summary>A sink that keeps the last record of each key: in the end it must hold what it should.</summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="T">The type of the records; equal records have to be equal by <c>Equals</c>.</typeparam>
    /// <param name="name">Its name in the world.</param>
    /// <param name="key">The key of a record.</param>
    public ISink<T> Upsert<TKey, T>(string name, Func<T, TKey> key)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        SinkLog<T> log = LogOf<T>(name, SinkGuarantee.Idempotent);
        log.Key ??= record => key(record);
        return new AppendSink<T>(this, log);
    }

    /// <summary>
    /// A place where the pipeline's own code may fail: now and then it throws a <see cref="SimulatedFaultException"/>.
    /// </summary>
    /// <param name="what">What fails, for the report.</param>
    public void MayFail(string what) => FailIfStruck(what, 0.2);

    /// <summary>The records that a sink holds.</summary>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="name">The sink's name in the world.</param>
    public IReadOnlyList<T> RecordsOf<T>(string name) => ((SinkLog<T>)_sinks[name]).Committed;

    internal bool Strikes(string what, double weight = 1) =>
        _faults.Happened.Count < _maxFaults && _faults.Strikes(what, weight);

    internal void FailIfStruck(string what, double weight = 1)
    {
        if (Strikes(what, weight))
        {
            throw new SimulatedFaultException(what);
        }
    }

    /// <summary>Lets others go first, for no time or for a while.</summary>
    internal async ValueTask DelayAsync(CancellationToken cancellationToken)
    {
        switch (Random.Next(8))
        {
            case 0:
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Next(1, 15)), Time, cancellationToken)
                    .ConfigureAwait(true);
                break;
            case < 4:
                await Task.Yield();
                break;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private SinkLog<T> LogOf<T>(string name, SinkGuarantee guarantee)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_sinks.TryGetValue(name, out ISimulatedSink? known))
        {
            _sinks.Add(name, known = new SinkLog<T>(guarantee));
        }

        return (SinkLog<T>)known;
    }
}
