namespace StreamKit.Workloads.Engines;

/// <summary>The events of one array.</summary>
internal sealed class ArrayFeed<T>(T[] input) : Feed<T>(input.Length)
{
    public override void CopyTo(int start, Span<T> destination) =>
        input.AsSpan(start, destination.Length).CopyTo(destination);
}
