using Microsoft.Extensions.Options;

namespace StreamKit.Hosting;

/// <summary>Finds all that is wrong with the options of a pipeline, and says it by name.</summary>
internal sealed class PipelineOptionsCheck : IValidateOptions<PipelineOptions>
{
    private const int MostLanes = 128;
    private const int MostRecords = 65_536;

    // A timer takes no more.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(40);

    public ValidateOptionsResult Validate(string? name, PipelineOptions options)
    {
        List<string> mistakes = [.. MistakesOf(options).Select(mistake => $"Pipeline '{name}': {mistake}")];
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> MistakesOf(PipelineOptions options)
    {
        foreach (string unreadable in options.Unreadable)
        {
            yield return unreadable;
        }

        if (options.Parallelism is < 1 or > MostLanes)
        {
            yield return $"Parallelism is {options.Parallelism}, not 1 to {MostLanes}.";
        }

        if (options.BatchSize is < 1 or > MostRecords)
        {
            yield return $"BatchSize is {options.BatchSize}, not 1 to {MostRecords}.";
        }

        if (options.ChannelCapacity < 1)
        {
            yield return $"ChannelCapacity is {options.ChannelCapacity}, which is below 1.";
        }

        if (options.CheckpointDirectory is { } directory && string.IsNullOrWhiteSpace(directory))
        {
            yield return "CheckpointDirectory is empty; leave it out where no checkpoints are wanted.";
        }

        if (options.CheckpointEvery <= TimeSpan.Zero)
        {
            yield return $"CheckpointEvery is {options.CheckpointEvery}, which is not above zero.";
        }

        if (options.StopTimeout <= TimeSpan.Zero || options.StopTimeout > s_longest)
        {
            yield return $"StopTimeout is {options.StopTimeout}, not above zero and up to {s_longest.Days} days.";
        }

        if (!Enum.IsDefined(options.OnFailure))
        {
            yield return $"OnFailure is {options.OnFailure}, which is no {nameof(FailureReaction)}.";
        }

        if (options.Stop is { } stop && !Enum.IsDefined(stop))
        {
            yield return $"Stop is {stop}, which is no {nameof(StopMode)}.";
        }

        foreach (string mistake in MistakesOf(options.Health))
        {
            yield return mistake;
        }
    }

    private static IEnumerable<string> MistakesOf(PipelineHealthOptions health)
    {
        if (health.MaxWatermarkLag <= TimeSpan.Zero)
        {
            yield return $"Health:MaxWatermarkLag is {health.MaxWatermarkLag}, which is not above zero.";
        }

        if (health.StuckAfter <= TimeSpan.Zero)
        {
            yield return $"Health:StuckAfter is {health.StuckAfter}, which is not above zero.";
        }

        if (health.MaxCheckpointIntervals < 1)
        {
            yield return $"Health:MaxCheckpointIntervals is {health.MaxCheckpointIntervals}, which is below 1.";
        }

        if (health.DegradedAfterRestart < TimeSpan.Zero)
        {
            yield return $"Health:DegradedAfterRestart is {health.DegradedAfterRestart}, which is below zero.";
        }
    }
}
