using StreamKit.Time;

namespace StreamKit.Graph;

/// <summary>Which watermarks can change anything behind a step.</summary>
internal static class WatermarkInterest
{
    /// <summary>
    /// The greatest distance of which every instant that some window waits for is a multiple; 0 where any instant can
    /// matter; <see cref="long.MaxValue"/> where only the end of event time does.
    /// </summary>
    public static long Of(StreamNode node)
    {
        long? common = null;
        var open = new Stack<StreamNode>(node.ConsumerNodes);
        while (open.TryPop(out StreamNode? next))
        {
            // A sink may wait for any instant of what it is given; behind a window that is what the window waits for.
            bool isFirstSink = next is ISinkNode && !IsBehindWindow(next, node);
            if ((isFirstSink ? 0 : next.WatermarkGranularity) is { } granularity)
            {
                if (granularity == 0)
                {
                    return 0;
                }

                common = common is { } other ? TickMath.Gcd(other, granularity) : granularity;
            }

            foreach (StreamNode consumer in next.ConsumerNodes)
            {
                open.Push(consumer);
            }
        }

        return common ?? long.MaxValue;
    }

    private static bool IsBehindWindow(StreamNode node, StreamNode from)
    {
        StreamNode at = node;
        while (at != from && !at.ClosesWindows && at.Inputs.Count > 0)
        {
            at = at.Inputs[0];
        }

        return at != from && at.ClosesWindows;
    }
}
