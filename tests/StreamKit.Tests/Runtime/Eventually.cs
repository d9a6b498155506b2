using System.Diagnostics;
using Microsoft.Extensions.Time.Testing;

namespace StreamKit.Tests.Runtime;

/// <summary>Waits for what a running job brings about, by asking again and again; it never sleeps.</summary>
internal static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_limit, $"Still not: {what}");
            await Task.Yield();
        }
    }

    /// <summary>Lets the clock run until something has happened.</summary>
    public static Task TrueAsync(FakeTimeProvider clock, TimeSpan step, Func<bool> condition, string what) => TrueAsync(
        () =>
        {
            bool done = condition();
            if (!done)
            {
                clock.Advance(step);
            }

            return done;
        },
        what);

    /// <summary>The result of a task that must come to its end.</summary>
    public static Task WithinLimitAsync(Task task) => task.WaitAsync(s_limit, TestContext.Current.CancellationToken);

    public static Task<T> WithinLimitAsync<T>(Task<T> task) =>
        task.WaitAsync(s_limit, TestContext.Current.CancellationToken);
}
