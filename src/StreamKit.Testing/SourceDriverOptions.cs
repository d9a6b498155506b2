using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace StreamKit.Testing;

/// <summary>The surroundings that a <see cref="SourceDriver{T}"/> gives to a source.</summary>
public sealed record SourceDriverOptions
{
    /// <summary>The source's name. Default: "source".</summary>
    public string Name { get; init; } = "source";

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the source logs. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What happens to what is no record. Default: it is collected.</summary>
    public BadRecords BadRecords { get; init; }

    /// <summary>How many records a reader may deliver at once, where a call does not say. Default: 1,024.</summary>
    public int BatchRecords { get; init; } = 1024;

    /// <summary>Whether the source finds a job that takes checkpoints. Default: false.</summary>
    public bool HasCheckpoints { get; init; }
}
