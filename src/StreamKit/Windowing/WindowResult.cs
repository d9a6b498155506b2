using StreamKit.Serialization;

namespace StreamKit.Windowing;

/// <summary>What a window says about one key.</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TValue">The type of the result.</typeparam>
[StateSerializer(typeof(WindowResultSerializer<,>))]
public readonly record struct WindowResult<TKey, TValue> : IHasParts
{
    /// <summary>A result.</summary>
    /// <param name="key">The key.</param>
    /// <param name="window">The window.</param>
    /// <param name="value">The result.</param>
    /// <param name="pane">Which of the window's results it is.</param>
    public WindowResult(TKey key, Window window, TValue value, Pane pane) =>
        (Key, Window, Value, Pane) = (key, window, value, pane);

    /// <summary>The key.</summary>
    public TKey Key { get; }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>The result.</summary>
    public TValue Value { get; }

    /// <summary>Which of the window's results for this key it is.</summary>
    public Pane Pane { get; }

    IEnumerable<object?> IHasParts.Parts => [Key, Window, Value, Pane];
}
