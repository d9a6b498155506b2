using System.Buffers;
using System.Globalization;
using System.Threading.Channels;
using StreamKit.Connectors;
using StreamKit.Twitter.Framing;

namespace StreamKit.Twitter.Live;

/// <summary>Makes of each line of one connection what the reader is to have of it.</summary>
internal sealed class LineIntake(
    StreamSurroundings surroundings,
    int connection,
    ApiClient api,
    EventTeller teller,
    ChannelWriter<StreamItem> queue)
{
    private readonly FilteredStreamOptions _options = surroundings.Options;
    private readonly TimeProvider _clock = surroundings.Clock;
    private readonly TweetParser _parser = new();
    private readonly List<StreamItem> _items = [];

    /// <summary>What the service said when it ended the stream; empty while it has not.</summary>
    internal IReadOnlyList<StreamProblem> Farewell { get; private set; } = [];

    internal void Begin() => Farewell = [];

    /// <summary>Takes a line in; false where it is the part of one that a break has left.</summary>
    internal bool TryTake(in PipeLine line)
    {
        if (line.IsOverLong)
        {
            AddBroken(in line, cause: null, string.Create(
                CultureInfo.InvariantCulture,
                $"the line is {line.Length} bytes long, more than {nameof(FilteredStreamOptions.MaxLineBytes)} "
                + $"({_options.MaxLineBytes})"));
            return true;
        }

        try
        {
            Take(_parser.Parse(line.Content), in line);
            return true;
        }
        catch (TweetFormatException exception)
        {
            if (line.HasLineEnd)
            {
                AddBroken(in line, exception, exception.Message);
            }

            return line.HasLineEnd;
        }
    }

    /// <summary>Hands over what came of the lines; the timer stands still while there is no room.</summary>
    internal async ValueTask HandOverAsync(Silence silence, CancellationToken stop)
    {
        foreach (StreamItem item in _items)
        {
            if (!queue.TryWrite(item))
            {
                // The pipeline is behind. Nothing is read meanwhile, so nothing can be heard either.
                silence.Suspend();
                await queue.WriteAsync(item, stop).ConfigureAwait(false);
                silence.Heard();
            }
        }

        _items.Clear();
    }

    private void Take(StreamMessage message, in PipeLine line)
    {
        switch (message)
        {
            case TweetMessage { Tweets: var tweets, Problems: var problems }:
                _items.AddRange(tweets.Select(tweet => new StreamItem(_clock.GetUtcNow(), tweet)));
                if (problems.Count > 0)
                {
                    TwitterApiException partial = Told("A post came without all that was asked for", problems);
                    if (_options.PartialErrors == PartialErrors.Report)
                    {
                        Add(in line, Place(), partial);
                    }
                }

                break;
            case ProblemMessage { IsDisconnect: true, Problems: var problems }:
                Farewell = [.. problems.Select(api.Redact)];
                break;
            case ProblemMessage { Problems: var problems }:
                Add(in line, Place(), Told("The X API reports", problems));
                break;
            case KeepAliveMessage:
                LiveInstruments.KeepAlive(surroundings.Name);
                break;
            default:
                teller.Noticed(ConnectionEventKind.UnknownMessage, api.Redact(NameOf(message)), []);
                break;
        }
    }

    private static string NameOf(StreamMessage message) => message is UnknownMessage { Keys: var keys }
        ? $"a message of an unknown kind came, with the keys {string.Join(", ", keys)}"
        : $"a {message.GetType().Name} came, which this source does not deliver";

    // Told as an event too, and so it is counted and logged whatever the policy is.
    private TwitterApiException Told(string beginning, IReadOnlyList<StreamProblem> problems)
    {
        StreamProblem[] redacted = [.. problems.Select(api.Redact)];
        string reason = $"{beginning}: {string.Join("; ", (IEnumerable<StreamProblem>)redacted)}";
        teller.Noticed(ConnectionEventKind.Problem, reason, redacted);
        return new TwitterApiException(reason) { Problems = redacted };
    }

    // A failing job tells its message only, so that names the stream and the place.
    private void AddBroken(in PipeLine line, Exception? cause, string reason)
    {
        string place = Place();
        Add(in line, place, new InvalidDataException($"'{FilteredStreamReader.SplitName}', {place}: {reason}", cause));
    }

    private void Add(in PipeLine line, string place, Exception exception) => _items.Add(new StreamItem(
        _clock.GetUtcNow(),
        Bad: new BadRecord(
            FilteredStreamReader.SplitName, place, api.Redact(line.Content.ToArray()), exception)));

    private string Place() => string.Create(
        CultureInfo.InvariantCulture, $"connection {connection}, {_clock.GetUtcNow():O}");
}
