using System.Runtime.CompilerServices;
using StreamKit.Serialization;
using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>
/// What is saved of that which was emitted for a session: nothing, how often, or that and the last result.
/// </summary>
internal readonly record struct SavedPanes
{
    private readonly bool _areKept;
    private readonly bool _haveResults;

    public SavedPanes(WindowOptions options) =>
        (_areKept, _haveResults) = (options.CanRepeat, options.CanRepeat && options.Mode == PaneMode.Retracting);

    public void Declare<TOut>(StateNeeds needs)
    {
        if (_haveResults)
        {
            needs.Add<TOut>();
        }
    }

    /// <summary>Whether a copy can be written later: nobody changes a result without references.</summary>
    public bool ArePlain<TOut>() =>
        !_haveResults || typeof(TOut) == typeof(string) || !RuntimeHelpers.IsReferenceOrContainsReferences<TOut>();

    public void Write<TOut>(ref StateWriter writer, in PaneState<TOut> panes)
    {
        if (_areKept)
        {
            panes.Write(ref writer, _haveResults ? writer.Schema<TOut>() : null);
        }
    }

    public PaneState<TOut> Read<TOut>(ref StateReader reader) => _areKept
        ? PaneState<TOut>.Read(ref reader, _haveResults ? reader.Schema<TOut>() : null)
        : default;
}
