namespace StreamKit.Testing.Running;

/// <summary>Takes one accumulator away from another.</summary>
internal delegate void LawRemove<TAcc>(ref TAcc from, in TAcc other);
