using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace StreamKit.Hosting;

/// <summary>Pipelines as a part of an application that runs in the generic host.</summary>
public static class StreamKitServiceExtensions
{
    /// <summary>Makes the application run pipelines, which are added to what this returns.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configureAll">
    /// What every pipeline begins with; its own options and the configuration come after that. Null: the defaults.
    /// </param>
    /// <returns>What pipelines are added to. May be asked for again: it is the same host.</returns>
    /// <remarks>
    /// <para>
    /// All pipelines are built before any service of the application starts, so that every mistake is told at once. A
    /// pipeline starts and stops in the order of the services: those that were registered before are there while it
    /// runs, and those that were registered later, such as the web server of ASP.NET Core, find it running.
    /// </para>
    /// <para>
    /// Loggers, and the clock where a <see cref="TimeProvider"/> is registered, come from the services. Each pipeline
    /// has a health check with the tag <see cref="StreamKitBuilder.HealthTag"/>.
    /// </para>
    /// </remarks>
    /// <example><code>
    /// builder.Services.AddStreamKit().AddPipeline("hashtags", (services, pipeline) => pipeline
    ///     .From(services.GetRequiredService&lt;TweetSource&gt;(), "tweets")
    ///     .ForEach(tweet => Console.WriteLine(tweet.Text)));
    /// </code></example>
    public static StreamKitBuilder AddStreamKit(
        this IServiceCollection services, Action<PipelineOptions>? configureAll = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.All(static service => service.ServiceType != typeof(PipelineHost)))
        {
            services.AddOptions();
            services.AddHealthChecks();
            services.AddSingleton<PipelineHost>();
            services.AddSingleton<IHostedService>(static all => all.GetRequiredService<PipelineHost>());
            services.AddSingleton<IStreamJobs>(static all => all.GetRequiredService<PipelineHost>());
            services.AddSingleton<IValidateOptions<PipelineOptions>, PipelineOptionsCheck>();

            // The last word before the check: what operations set in the configuration beats what the program says.
            services.TryAddEnumerable(
                ServiceDescriptor.Singleton<IPostConfigureOptions<PipelineOptions>, PipelineConfiguration>(
                    static all => new PipelineConfiguration(all.GetService<IConfiguration>())));
        }

        if (configureAll is not null)
        {
            services.ConfigureAll(configureAll);
        }

        return new StreamKitBuilder(services);
    }
}
