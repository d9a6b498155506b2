namespace StreamKit.Hosting;

/// <summary>A pipeline as it was added.</summary>
internal sealed record PipelineDefinition(string Name, Action<IServiceProvider, StreamBuilder> Build);
