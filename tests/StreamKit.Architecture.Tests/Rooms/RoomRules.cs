namespace StreamKit.Architecture.Tests.Rooms;

/// <summary>The laws of ARCHITECTURE 2 over what the types of the core name; each returns what breaks it.</summary>
internal sealed class RoomRules(string[][] floors)
{
    private const string Core = "StreamKit";

    /// <summary>
    /// The room of a namespace: its first part below the core's; empty for the root, null outside the core.
    /// </summary>
    public static string? RoomOf(string @namespace) =>
        @namespace == Core ? string.Empty
        : @namespace.StartsWith(Core + ".", StringComparison.Ordinal) ? @namespace.Split('.')[1]
        : null;

    public IEnumerable<string> UnknownRooms(IEnumerable<string> namespaces) =>
        namespaces.Where(name => RoomOf(name) is { Length: > 0 } room && FloorOf(room) < 0).Distinct().Order();

    /// <summary>A room names another that does not lie below it.</summary>
    public IEnumerable<string> UpwardUses(IEnumerable<TypeUse> uses) =>
        from use in uses.DistinctBy(use => (use.User, use.Used))
        let user = RoomOf(use.UserNamespace)
        let used = RoomOf(use.UsedNamespace)
        where user is { Length: > 0 } && used is { Length: > 0 } && user != used && FloorOf(used) >= FloorOf(user)
        select $"{use.User} ({user}) uses {use.Used} ({used})";

    /// <summary>A room names the front door, which uses everything and is used by nothing.</summary>
    public static IEnumerable<string> UsesOfTheFrontDoor(IEnumerable<TypeUse> uses) =>
        from use in uses.DistinctBy(use => (use.User, use.Used))
        where RoomOf(use.UserNamespace) is { Length: > 0 } && RoomOf(use.UsedNamespace) is { Length: 0 }
        select $"{use.User} uses {use.Used}, a type of the front door";

    /// <summary>A room that the runtime drives names a thread, a task, a lock, a clock or input and output.</summary>
    public IEnumerable<string> ImpureUses(IEnumerable<TypeUse> uses, int topFloor, string alsoRoom) =>
        from use in uses.Where(Purity.Forbids).DistinctBy(use => (use.User, use.Used))
        let user = RoomOf(use.UserNamespace)
        where user is { Length: > 0 } && (FloorOf(user) <= topFloor || user == alsoRoom)
        select $"{use.User} uses {use.Used}{(use.Member is null ? string.Empty : "." + use.Member)}";

    public int FloorOf(string room) => Array.FindIndex(floors, floor => floor.Contains(room));
}
