using Microsoft.Extensions.Logging;

namespace HostedPipeline;

/// <summary>Where somebody looks at large orders; here, in the log.</summary>
internal sealed partial class Desk(ILogger<Desk> logger)
{
    public ValueTask LookAtAsync(Order order)
    {
        Large(logger, order.Number, order.Country, order.Euros);
        return ValueTask.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Order {Number} from {Country} is worth {Euros} EUR")]
    private static partial void Large(ILogger logger, long number, string country, decimal euros);
}
