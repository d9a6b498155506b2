using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>The best results of one window, best first.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the results.</typeparam>
[StateSerializer(typeof(WindowRankingSerializer<,>))]
public sealed class WindowRanking<TKey, TValue> : IHasParts
{
    /// <summary>A ranking.</summary>
    /// <param name="window">The window.</param>
    /// <param name="items">Its best results, best first.</param>
    /// <param name="pane">Which of the window's rankings it is.</param>
    public WindowRanking(Window window, IReadOnlyList<WindowResult<TKey, TValue>> items, Pane pane)
    {
        ArgumentNullException.ThrowIfNull(items);
        (Window, Items, Pane) = (window, items, pane);
    }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>Its best results, best first; equal ones by key.</summary>
    public IReadOnlyList<WindowResult<TKey, TValue>> Items { get; }

    /// <summary>Which of the window's rankings it is.</summary>
    public Pane Pane { get; }

    IEnumerable<object?> IHasParts.Parts => [Window, Items, Pane];
}
