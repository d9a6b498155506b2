namespace StreamKit.Operators;

/// <summary>A record that waits for its turn, with its id.</summary>
internal readonly record struct HeldId<TId, T>(T Value, TId Id, ulong Hash);
