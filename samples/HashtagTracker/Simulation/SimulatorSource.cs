using StreamKit.Connectors;

namespace HashtagTracker.Simulation;

/// <summary>Invented tweets at the pace of their arrival times, the first one at once.</summary>
/// <remarks>They are a pure function of the options, so any place of the stream can be read again.</remarks>
internal sealed class SimulatorSource : ISource<SimulatedTweet>
{
    private readonly SimulatorOptions _options;
    private readonly double _speed;

    /// <param name="options">Which tweets.</param>
    /// <param name="speed">1 is real time, 60 a minute in a second, positive infinity never waits.</param>
    public SimulatorSource(SimulatorOptions options, double speed)
    {
        if (!(speed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(speed), speed, "The speed must be greater than 0.");
        }

        options.Validate();
        (_options, _speed) = (options, speed);
    }

    public Replayability Replayability => Replayability.Full;

    public ValueTask<IReadOnlyList<ISplitReader<SimulatedTweet>>> OpenAsync(
        SourceContext<SimulatedTweet> context, CancellationToken cancellationToken) =>
        new([new SimulatorReader(_options, _speed, context.Clock)]);
}
