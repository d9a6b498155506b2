using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace StreamKit.Tests.Laws;

/// <summary>Checks a law over generated cases; a failure names the seed and the smallest case found.</summary>
/// <remarks>
/// The environment variable STREAMKIT_CASES says how many cases; 200 where it is not set, 10,000 in a nightly run.
/// </remarks>
internal static class Law
{
    private static readonly int s_cases =
        int.TryParse(Environment.GetEnvironmentVariable("STREAMKIT_CASES"), CultureInfo.InvariantCulture, out int cases)
            ? cases
            : 200;

    public static void Holds<T>(Arbitrary<T> cases, Action<T> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(s_cases), Prop.ForAll(cases, law));

    /// <summary>Checks a law about whole jobs.</summary>
    public static void Holds<T>(Arbitrary<T> cases, Func<T, Task> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(s_cases), Prop.ForAll(cases, law));
}
