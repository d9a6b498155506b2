using System.Globalization;
using System.Text;

namespace StreamKit.Checkpointing;

/// <summary>Which rules of time zones windows were cut by.</summary>
/// <remarks>
/// Laws change, and with them the zone data of a machine: a window that is open in a checkpoint may have had other
/// bounds by the rules of today. The platform gives its zone data no version, so each zone is told by a checksum of its
/// rules.
/// </remarks>
internal static class TimeZoneRules
{
    /// <summary>The zones with their checksums, such as "Europe/Berlin=1A2B3C4D"; empty where there is none.</summary>
    public static string Describe(IEnumerable<TimeZoneInfo> zones) => string.Join(';', zones
        .DistinctBy(static zone => zone.Id)
        .OrderBy(static zone => zone.Id, StringComparer.Ordinal)
        .Select(static zone => string.Create(
            CultureInfo.InvariantCulture, $"{zone.Id}={Crc32C.Of(Encoding.UTF8.GetBytes(RulesOf(zone))):X8}")));

    /// <summary>The zones that have other rules now than they had.</summary>
    public static IReadOnlyList<string> Changed(string before, string now)
    {
        Dictionary<string, string> old = Parse(before);
        return [.. Parse(now).Where(zone => old.TryGetValue(zone.Key, out string? sum) && sum != zone.Value)
            .Select(static zone => zone.Key)];
    }

    private static Dictionary<string, string> Parse(string rules) => rules
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(static zone => (Zone: zone, At: zone.LastIndexOf('=')))
        .Where(static zone => zone.At > 0)
        .ToDictionary(static zone => zone.Zone[..zone.At], static zone => zone.Zone[(zone.At + 1)..]);

    // Without the names for people, which depend on the language of the machine.
    private static string RulesOf(TimeZoneInfo zone)
    {
        var rules = new StringBuilder();
        rules.Append(CultureInfo.InvariantCulture, $"{zone.BaseUtcOffset.Ticks}");
        foreach (TimeZoneInfo.AdjustmentRule rule in zone.GetAdjustmentRules())
        {
            rules.Append(CultureInfo.InvariantCulture, $"|{rule.DateStart.Ticks},{rule.DateEnd.Ticks},");
            rules.Append(CultureInfo.InvariantCulture, $"{rule.BaseUtcOffsetDelta.Ticks},{rule.DaylightDelta.Ticks}");
            Append(rules, rule.DaylightTransitionStart);
            Append(rules, rule.DaylightTransitionEnd);
        }

        return rules.ToString();
    }

    private static void Append(StringBuilder rules, TimeZoneInfo.TransitionTime at) => rules.Append(
        CultureInfo.InvariantCulture,
        $",{at.IsFixedDateRule}/{at.Month}/{at.Week}/{at.Day}/{(int)at.DayOfWeek}/{at.TimeOfDay.Ticks}");
}
