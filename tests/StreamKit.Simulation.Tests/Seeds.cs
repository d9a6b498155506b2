using System.Globalization;

namespace StreamKit.Simulation.Tests;

/// <summary>How many seeds a simulation tries: 100 in every run, more where STREAMKIT_SEEDS says so.</summary>
internal static class Seeds
{
    public static int Count { get; } =
        int.TryParse(Asked, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 100;

    private static string? Asked => Environment.GetEnvironmentVariable("STREAMKIT_SEEDS");
}
