using Microsoft.Extensions.DependencyInjection;
using StreamKit;
using StreamKit.Connectors;
using StreamKit.Hosting;

namespace HostedPipeline;

/// <summary>What the orders of each country are worth, every ten seconds.</summary>
internal static class OrderPipeline
{
    public static void Build(IServiceProvider services, StreamBuilder builder)
    {
        DataStream<Order> orders = builder.From(new OrderSource(), "shop")
            .WithEventTime(order => order.Time, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(2)))
            .Named("time")
            .SelectScoped(services, (ExchangeRates rates, Order order) => rates.InEuros(order))
            .Named("in-euros");

        orders.KeyBy(order => order.Country)
            .Window(TimeWindows.Tumbling(TimeSpan.FromSeconds(10)))
            .Sum(order => order.Euros)
            .Named("per-country")
            .To(services.GetRequiredService<WindowView<string, decimal>>(), "view");

        orders.Where(order => order.Euros > 1000)
            .Named("large")
            .ForEachScoped(services, (Desk desk, Order order, CancellationToken _) => desk.LookAtAsync(order), "desk");
    }
}
