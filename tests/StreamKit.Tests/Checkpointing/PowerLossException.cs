namespace StreamKit.Tests.Checkpointing;

/// <summary>The machine is off: nothing in the program can handle this.</summary>
internal sealed class PowerLossException : Exception;
