using StreamKit.Windowing;

namespace StreamKit.Operators;

/// <summary>Calls the user's lambdas of a join; one that fails goes to the error policy and says nothing.</summary>
internal sealed class JoinCalls<TKey, TLeft, TRight, TOut>(
    JoinSelectors<TKey, TLeft, TRight, TOut> selectors, OperatorContext context)
{
    // Only asked for where the lambda is set, as are those below.
    public bool TryLeftAlone(TKey key, Window window, TLeft record, out TOut result) =>
        TryAlone(selectors.LeftAlone!, key, window, record, out result);

    public bool TryRightAlone(TKey key, Window window, TRight record, out TOut result) =>
        TryAlone(selectors.RightAlone!, key, window, record, out result);

    public bool TryGroup(TKey key, Window window, JoinRecords<TKey, TLeft, TRight> records, out TOut result)
    {
        TLeft[] left = records.Left.ToArrayByTime();
        TRight[] right = records.Right.ToArrayByTime();
        try
        {
            result = selectors.Group!(key, window, left, right);
            return true;
        }
        catch (Exception exception)
        {
            Report(exception, null, key, window);
            result = default!; // Not looked at.
            return false;
        }
    }

    public void Report(Exception exception, object? record, TKey key, Window window) =>
        context.Report(exception, record, window.MaxTimestamp.Ticks, key?.ToString());

    private bool TryAlone<T>(Func<T, Window, TOut> select, TKey key, Window window, T record, out TOut result)
    {
        try
        {
            result = select(record, window);
            return true;
        }
        catch (Exception exception)
        {
            Report(exception, record, key, window);
            result = default!; // Not looked at.
            return false;
        }
    }
}
