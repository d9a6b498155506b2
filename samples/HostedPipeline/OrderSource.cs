using System.Globalization;
using StreamKit.Connectors;

namespace HostedPipeline;

/// <summary>A shop that has had an order every 20 milliseconds for ever.</summary>
/// <remarks>
/// Which order has which number depends on the number alone, so they can be read again from any of them, as from a log:
/// a program that was down reads what it has missed.
/// </remarks>
internal sealed class OrderSource : ISource<Order>
{
    private const long TicksBetween = 20 * TimeSpan.TicksPerMillisecond;
    private const int MostMillisecondsUnderWay = 3000;

    private static readonly (string Country, string Currency)[] s_countries =
        [("DE", "EUR"), ("FR", "EUR"), ("UK", "GBP"), ("US", "USD"), ("CH", "CHF"), ("PL", "PLN")];

    public Replayability Replayability => Replayability.Full;

    public ValueTask<IReadOnlyList<ISplitReader<Order>>> OpenAsync(
        SourceContext<Order> context, CancellationToken cancellationToken) =>
        new((IReadOnlyList<ISplitReader<Order>>)[new Reader(context.Clock)]);

    private static DateTimeOffset ArrivalOf(long number) => DateTimeOffset.UnixEpoch.AddTicks(number * TicksBetween);

    private static Order OrderOf(long number)
    {
        var random = new Random((int)(number % int.MaxValue));
        (string country, string currency) = s_countries[random.Next(s_countries.Length)];
        DateTimeOffset ordered = ArrivalOf(number).AddMilliseconds(-random.Next(MostMillisecondsUnderWay));
        return new Order(number, ordered, country, currency, random.Next(500, 100_000) / 100m);
    }

    private sealed class Reader(TimeProvider clock) : ISplitReader<Order>
    {
        private long _next = NewestAt(clock);

        public string Split => "shop";

        public string Position => _next.ToString(CultureInfo.InvariantCulture);

        public ValueTask SeekAsync(string position, CancellationToken cancellationToken)
        {
            _next = long.Parse(position, CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        }

        public async ValueTask<bool> ReadAsync(RecordBuffer<Order> buffer, CancellationToken cancellationToken)
        {
            while (NewestAt(clock) < _next)
            {
                await Task.Delay(new TimeSpan(TicksBetween), clock, cancellationToken);
            }

            for (long newest = NewestAt(clock); _next <= newest && !buffer.IsFull; _next++)
            {
                buffer.Add(OrderOf(_next));
            }

            return true;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static long NewestAt(TimeProvider clock) =>
            (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TicksBetween;
    }
}
