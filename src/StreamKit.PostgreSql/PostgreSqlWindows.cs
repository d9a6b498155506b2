using StreamKit.Windowing;

namespace StreamKit.PostgreSql;

/// <summary>Columns that all window results have.</summary>
public static class PostgreSqlWindows
{
    /// <summary>
    /// The columns "window_start" and "window_end", both of the key, and that a retraction deletes; the key and the
    /// value are for you to add.
    /// </summary>
    /// <typeparam name="TKey">The type of the keys.</typeparam>
    /// <typeparam name="TValue">The type of the results.</typeparam>
    /// <remarks>
    /// The end belongs to the key, because windows of several sizes may begin at the same instant.
    /// </remarks>
    /// <example>
    /// <code>
    /// var columns = PostgreSqlWindows.Columns&lt;string, Stats&gt;()
    ///     .Key("page", result => result.Key)
    ///     .Column("visits", result => result.Value.Visits)
    ///     .Column("p99", result => result.Value.P99);
    /// </code>
    /// </example>
    public static PostgreSqlColumns<WindowResult<TKey, TValue>> Columns<TKey, TValue>() =>
        new PostgreSqlColumns<WindowResult<TKey, TValue>>()
            .Key("window_start", static result => result.Window.Start)
            .Key("window_end", static result => result.Window.End)
            .DeleteWhen(static result => result.Pane.IsRetraction);
}
