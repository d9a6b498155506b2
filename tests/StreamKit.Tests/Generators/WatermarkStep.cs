namespace StreamKit.Tests.Generators;

/// <summary>After so many elements the watermark becomes the greatest timestamp seen minus the lag, in ticks.</summary>
public readonly record struct WatermarkStep(int AfterElements, long LagTicks);
