namespace StreamKit.Architecture.Tests.Rooms;

/// <summary>One type of an assembly names another; a nested type counts as the outermost type around it.</summary>
/// <param name="UserNamespace">The namespace of the type that names.</param>
/// <param name="User">The full name of the type that names.</param>
/// <param name="UsedNamespace">The namespace of the type that is named.</param>
/// <param name="Used">The full name of the type that is named.</param>
/// <param name="Member">The method that is called, with its parameter types; null where no method is called.</param>
internal sealed record TypeUse(string UserNamespace, string User, string UsedNamespace, string Used, string? Member);
