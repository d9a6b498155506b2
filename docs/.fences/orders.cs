using StreamKit.Testing;

StreamBuilder builder = StreamBuilder.Create("shop");
DataStream<Order> orders = builder.From<Order>([], "orders")
    .WithEventTime(o => o.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)));
DataStream<Payment> payments = builder.From<Payment>([], "payments")
    .WithEventTime(p => p.At, Watermarks.BoundedOutOfOrderness(TimeSpan.FromSeconds(5)));

public sealed record Order(string Id, DateTimeOffset At, decimal Total);

public readonly record struct Payment(string OrderId, DateTimeOffset At, decimal Amount);
