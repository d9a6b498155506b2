namespace StreamKit.Aggregation;

/// <summary>Holds one result for the moment between computing and reading it.</summary>
internal sealed class Cell<TOut>
{
    public TOut Value { get; set; } = default!; // Written before it is read: Result runs the parts, then the lambda.
}
