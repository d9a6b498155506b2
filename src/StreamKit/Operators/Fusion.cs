using StreamKit.Records;

namespace StreamKit.Operators;

/// <summary>Makes a step without state one operator with those behind it, where these can take it in.</summary>
internal static class Fusion
{
    public static Receiver<Batch<T>> Where<T>(
        Func<T, bool> predicate, Receiver<Batch<T>> next, OperatorContext context) =>
        (next as IFusable<T>)?.Behind(predicate, context) ?? new WhereOperator<T>(predicate, next, context);

    public static Receiver<Batch<TIn>> Select<TIn, TOut>(
        Func<TIn, TOut> selector, Receiver<Batch<TOut>> next, OperatorContext context) =>
        (next as IFusable<TOut>)?.Behind(selector, context) ?? new SelectOperator<TIn, TOut>(selector, next, context);
}
