using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace StreamKit.Hosting;

/// <summary>Sets what the section of a pipeline in the configuration says.</summary>
/// <remarks>
/// Not the binder of the platform: that one stops at the first value that it cannot read, and passes over names that
/// nobody has, so that a mistyped limit would be no limit.
/// </remarks>
internal sealed class PipelineConfiguration(IConfiguration? configuration) : IPostConfigureOptions<PipelineOptions>
{
    /// <summary>The section that holds one for each pipeline.</summary>
    public const string Root = "StreamKit:Pipelines";

    private delegate bool Parser<T>(string text, out T value);

    public void PostConfigure(string? name, PipelineOptions options)
    {
        if (string.IsNullOrEmpty(name) || configuration?.GetSection($"{Root}:{name}") is not { } section)
        {
            return;
        }

        PipelineHealthOptions health = options.Health;
        var reader = new Reader(section, options.Unreadable);
        reader.Read<int>("Parallelism", TryParse, value => options.Parallelism = value);
        reader.Read<int>("BatchSize", TryParse, value => options.BatchSize = value);
        reader.Read<int>("ChannelCapacity", TryParse, value => options.ChannelCapacity = value);
        reader.Read<string>("CheckpointDirectory", TryParse, value => options.CheckpointDirectory = value);
        reader.Read<TimeSpan>("CheckpointEvery", TryParse, value => options.CheckpointEvery = value);
        reader.Read<RestartStrategy>("Restart", TryParse, value => options.Restart = value);
        reader.Read<FailureReaction>("OnFailure", TryParse, value => options.OnFailure = value);
        reader.Read<StopMode>("Stop", TryParse, value => options.Stop = value);
        reader.Read<TimeSpan>("StopTimeout", TryParse, value => options.StopTimeout = value);
        reader.Read<TimeSpan>("Health:MaxWatermarkLag", TryParse, value => health.MaxWatermarkLag = value);
        reader.Read<TimeSpan>("Health:StuckAfter", TryParse, value => health.StuckAfter = value);
        reader.Read<HealthStatus>("Health:WhenStuck", TryParse, value => health.WhenStuck = value);
        reader.Read<int>("Health:MaxCheckpointIntervals", TryParse, value => health.MaxCheckpointIntervals = value);
        reader.Read<TimeSpan>("Health:DegradedAfterRestart", TryParse, value => health.DegradedAfterRestart = value);
        reader.Read<HealthStatus>("Health:WhenEnded", TryParse, value => health.WhenEnded = value);
        reader.ReportUnknown();
    }

    private static bool TryParse(string text, out string value)
    {
        value = text;
        return true;
    }

    private static bool TryParse(string text, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value);

    // "30" would be thirty days, which nobody means: the colon is required.
    private static bool TryParse(string text, out TimeSpan value)
    {
        value = TimeSpan.Zero;
        return text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryParse<T>(string text, out T value)
        where T : struct, Enum => Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value);

    private static bool TryParse(string text, out RestartStrategy value)
    {
        value = RestartStrategy.Default;
        if (text.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            value = RestartStrategy.None;
            return true;
        }

        return text.Equals("Default", StringComparison.OrdinalIgnoreCase);
    }

    private sealed class Reader(IConfigurationSection section, List<string> unreadable)
    {
        private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

        public void Read<T>(string key, Parser<T> parse, Action<T> set)
        {
            _known.Add(key);
            if (section[key] is not { } text)
            {
                return;
            }

            if (parse(text, out T value))
            {
                set(value);
            }
            else
            {
                unreadable.Add($"{section.Path}:{key} is '{text}', which is not {Form(typeof(T))}.");
            }
        }

        public void ReportUnknown() => unreadable.AddRange(section.AsEnumerable(makePathsRelative: true)
            .Where(entry => entry.Value is not null && !_known.Contains(entry.Key))
            .Select(entry => $"{section.Path}:{entry.Key} is no option; there are {string.Join(", ", _known)}."));

        private static string Form(Type type) =>
            type == typeof(TimeSpan) ? "a time such as 00:00:30"
            : type == typeof(int) ? "a whole number"
            : type == typeof(RestartStrategy) ? "Default or None"
            : $"one of {string.Join(", ", Enum.GetNames(type))}";
    }
}
