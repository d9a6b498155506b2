using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace StreamKit.Hosting;

/// <summary>Where the pipelines of an application are added.</summary>
public sealed class StreamKitBuilder
{
    /// <summary>The tag of the health checks of all pipelines: "streamkit".</summary>
    public const string HealthTag = "streamkit";

    internal StreamKitBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Adds a pipeline, which runs as long as the application does.</summary>
    /// <param name="name">
    /// Its name in logs, metrics, the configuration and checkpoints. Its health check has this name behind
    /// "streamkit:".
    /// </param>
    /// <param name="build">
    /// Writes the pipeline down. It is called once, when the application starts, with the application's services
    /// (those that live as long as it does; see <see cref="ScopedStreamExtensions"/> for the others).
    /// </param>
    /// <param name="configure">
    /// How it runs; null: the defaults. What the section "StreamKit:Pipelines:NAME" of the configuration says comes
    /// after it and wins.
    /// </param>
    /// <exception cref="ArgumentException">The name is empty, has a ':', or another pipeline has it.</exception>
    /// <example><code>
    /// .AddPipeline("hashtags", Hashtags.Build, options => options.CheckpointDirectory = "checkpoints")
    /// </code></example>
    public StreamKitBuilder AddPipeline(
        string name,
        Action<IServiceProvider, StreamBuilder> build,
        Action<PipelineOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(build);
        if (name.Contains(':', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The pipeline's name '{name}' has a ':', which parts the sections of the configuration.",
                nameof(name));
        }

        bool isTaken = Services.Any(service => service.ServiceType == typeof(PipelineDefinition)
            && service.ImplementationInstance is PipelineDefinition other
            && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));
        if (isTaken)
        {
            throw new ArgumentException(
                $"There is a pipeline '{name}' already: give each its own name (case does not count).", nameof(name));
        }

        Services.AddSingleton(new PipelineDefinition(name, build));
        OptionsBuilder<PipelineOptions> options = Services.AddOptions<PipelineOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        Services.AddHealthChecks().Add(new HealthCheckRegistration(
            $"streamkit:{name}",
            services => new PipelineHealthCheck(services.GetRequiredService<PipelineHost>().Find(name)),
            failureStatus: null,
            tags: [HealthTag]));
        return this;
    }
}
