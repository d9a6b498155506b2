namespace StreamKit.Operators;

/// <summary>Two selectors as one, which says so where the second fails.</summary>
internal sealed class Composition<TIn, TBetween, TOut>(
    Func<TIn, TBetween> first, Func<TBetween, TOut> second, OperatorContext secondContext)
{
    private readonly Func<TIn, TBetween> _first = first;
    private readonly Func<TBetween, TOut> _second = second;

    public TOut Invoke(TIn record)
    {
        TBetween between = _first(record);
        try
        {
            return _second(between);
        }
        catch (Exception exception) when (exception is not StepFailedException)
        {
            throw new StepFailedException(secondContext, between, exception);
        }
    }
}
