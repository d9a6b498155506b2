using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit;

/// <summary>How much memory state may take, and where it goes beyond that.</summary>
/// <remarks>
/// <para>
/// Jobs that are given the same object share the memory: one object for all of them is a limit for the process. When
/// there is too much, the operators that hold most write their largest tables to where <see cref="Spill"/> says, and
/// begin new ones; a window that closes reads them back, a small part of its keys at a time.
/// </para>
/// <para>
/// Spilled, and counted here, is the state of windows that say once what they have to say: tumbling, hopping,
/// cumulative, calendar and global ones without allowed lateness, early results and triggers. All else stays in memory
/// and is not counted: windows that may speak again, sessions, windows of one's own, joins, look-backs, counts.
/// </para>
/// </remarks>
public sealed class StateLimits
{
    private readonly Lazy<StateBudget> _budget;

    /// <summary>Limits whose memory is not in use yet.</summary>
    public StateLimits() => _budget = new Lazy<StateBudget>(() => new StateBudget(MaxBytes));

    /// <summary>
    /// How many bytes the tables of keys may take together. What values refer to (text, lists) is estimated from a few
    /// of them. From 0, where everything is spilled at once.
    /// </summary>
    public required long MaxBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>Where state goes that does not fit, such as files (package <c>StreamKit.Spill</c>).</summary>
    public required IStateSpill Spill { get; init; }

    /// <summary>
    /// How the values of keys and aggregators are written, where the job takes no checkpoints; else
    /// <see cref="CheckpointOptions.Types"/> says it. Default: the types that are known from the start.
    /// </summary>
    public StateTypes Types { get; init; } = new();

    /// <summary>How many bytes the tables take that are counted here, now.</summary>
    public long UsedBytes => _budget.Value.UsedBytes;

    internal StateBudget Budget => _budget.Value;
}
