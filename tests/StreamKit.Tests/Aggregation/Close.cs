namespace StreamKit.Tests.Aggregation;

/// <summary>Compares numbers that may differ in their last digits.</summary>
internal static class Close
{
    public static void Within(double relative, double expected, double actual, double scale = 0)
    {
        if (double.IsNaN(expected) || double.IsNaN(actual))
        {
            Assert.True(double.IsNaN(expected) == double.IsNaN(actual), $"expected {expected:R}, found {actual:R}");
            return;
        }

        double allowed = relative * Math.Max(scale, Math.Abs(expected));
        Assert.True(
            Math.Abs(expected - actual) <= allowed,
            $"expected {expected:R}, found {actual:R}, allowed ±{allowed:R}");
    }
}
