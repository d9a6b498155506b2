using StreamKit.Time;

namespace StreamKit.Graph;

/// <summary>Which watermarks can change anything behind a step.</summary>
internal static class WatermarkInterest
{
    /// <summary>
    /// The greatest distance of which every instant that some window waits for is a multiple; 0 where any instant can
    /// matter, and where nobody waits, so that whoever looks at the watermark sees it move.
    /// </summary>
    public static long Of(StreamNode node)
    {
        long? common = null;
        var open = new Stack<StreamNode>(node.ConsumerNodes);
        while (open.TryPop(out StreamNode? next))
        {
            if (next.WatermarkGranularity is { } granularity)
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

        return common ?? 0;
    }
}
