namespace StreamKit.Operators;

/// <summary>A record that waits for its turn, with the group of its key.</summary>
internal readonly record struct HeldRecord<T>(T Value, int Group);
