using Microsoft.Extensions.DependencyInjection;

namespace StreamKit.Hosting;

/// <summary>Services that live in a scope, in the steps of a pipeline.</summary>
/// <remarks>
/// <para>
/// Each call has a scope of its own: it is made before the delegate is called and disposed when it has returned, or
/// its task has completed, also when it fails. So lanes never share a scope, and a service that may be used by one
/// thread at a time, such as a context of Entity Framework, is safe.
/// </para>
/// <para>
/// A scope costs about 200 ns and 400 bytes, and what the service costs to make. To pay that once for many records,
/// bring them together with <c>Batch</c>: a list is one record and has one scope.
/// </para>
/// <para>
/// That the service is registered is checked when the pipeline is written down. To have several, or the scope itself,
/// ask for <see cref="IServiceProvider"/>.
/// </para>
/// </remarks>
public static class ScopedStreamExtensions
{
    /// <summary>Turns each record into another one, with a service from a scope of its own.</summary>
    /// <typeparam name="TService">The type of the service.</typeparam>
    /// <typeparam name="TIn">The type of the records.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="stream">The records.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="selector">
    /// Makes the result, which must not need the scope any more. Called by the lane itself.
    /// </param>
    /// <remarks>
    /// Not for work that waits: the lane stands still meanwhile, so ask a cache or a table in memory, and not a server.
    /// The scope is disposed synchronously. A failure goes to the job's error policy.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    /// <example><code>
    /// orders.SelectScoped(services, (IPriceList prices, Order order) => order with { Price = prices.Of(order.Item) })
    /// </code></example>
    public static DataStream<TOut> SelectScoped<TService, TIn, TOut>(
        this DataStream<TIn> stream, IServiceProvider services, Func<TService, TIn, TOut> selector)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(selector);
        IServiceScopeFactory scopes = ScopesFor<TService>(services);
        return stream.Select(record =>
        {
            using IServiceScope scope = scopes.CreateScope();
            return selector(scope.ServiceProvider.GetRequiredService<TService>(), record);
        });
    }

    /// <summary>Turns each record into any number of others, with a service from a scope of its own.</summary>
    /// <typeparam name="TService">The type of the service.</typeparam>
    /// <typeparam name="TIn">The type of the records.</typeparam>
    /// <typeparam name="TOut">The type of the results.</typeparam>
    /// <param name="stream">The records.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="selector">
    /// Makes the results, or null for none. A sequence is read to its end before the scope is disposed.
    /// </param>
    /// <remarks><inheritdoc cref="SelectScoped" path="/remarks/node()"/></remarks>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    /// <example><code>
    /// orders.SelectManyScoped(services, (IRules rules, Order order) => rules.Violated(order))
    /// </code></example>
    public static DataStream<TOut> SelectManyScoped<TService, TIn, TOut>(
        this DataStream<TIn> stream, IServiceProvider services, Func<TService, TIn, IEnumerable<TOut>?> selector)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(selector);
        IServiceScopeFactory scopes = ScopesFor<TService>(services);
        return stream.SelectMany(record =>
        {
            using IServiceScope scope = scopes.CreateScope();
            return selector(scope.ServiceProvider.GetRequiredService<TService>(), record)?.ToList();
        });
    }

    /// <summary>Calls an asynchronous delegate with every record, with a service from a scope of its own.</summary>
    /// <typeparam name="TService">The type of the service.</typeparam>
    /// <typeparam name="T">The type of the records.</typeparam>
    /// <param name="stream">The records.</param>
    /// <param name="services">The application's services.</param>
    /// <param name="action">The delegate; its token is cancelled when the job is aborted.</param>
    /// <param name="name">The name of the step; null: "sink" and a number.</param>
    /// <returns>The stream, which may be used further.</returns>
    /// <remarks>
    /// One record at a time, in order; a slow call slows the pipeline. The job fails when it throws. A job that goes on
    /// from a checkpoint calls it again with the records since, so what it does should bear repeating.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The service is not registered.</exception>
    /// <example><code>
    /// orders.Batch(500, TimeSpan.FromSeconds(1))
    ///     .ForEachScoped(services, (ShopContext shop, IReadOnlyList&lt;Order> list, CancellationToken token) =>
    ///         shop.SaveAsync(list, token));
    /// </code></example>
    public static DataStream<T> ForEachScoped<TService, T>(
        this DataStream<T> stream,
        IServiceProvider services,
        Func<TService, T, CancellationToken, ValueTask> action,
        string? name = null)
        where TService : notnull
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(action);
        IServiceScopeFactory scopes = ScopesFor<TService>(services);
        return stream.To(
            Sinks.ForEach<T>(async (record, cancellationToken) =>
            {
                AsyncServiceScope scope = scopes.CreateAsyncScope();
                await using (scope.ConfigureAwait(false))
                {
                    await action(scope.ServiceProvider.GetRequiredService<TService>(), record, cancellationToken)
                        .ConfigureAwait(false);
                }
            }),
            name);
    }

    // Said when the pipeline is written down, and not by its first record.
    private static IServiceScopeFactory ScopesFor<TService>(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.GetService<IServiceProviderIsService>() is { } known && !known.IsService(typeof(TService))
            ? throw new InvalidOperationException(
                $"No service of the type {typeof(TService)} is registered; a step of the pipeline asks for it.")
            : services.GetRequiredService<IServiceScopeFactory>();
    }
}
