using Mono.Cecil;
using StreamKit.Architecture.Tests.Rooms;

namespace StreamKit.Architecture.Tests;

/// <summary>The core is built of rooms on floors: down only, and no clock below the runtime.</summary>
public class RoomTests
{
    // THIS LIST IS THE ARCHITECTURE: change it only with a decision record.
    private static readonly string[][] Floors =
    [
        ["Diagnostics"],
        ["Time"],
        ["Records"],
        ["Serialization"],
        ["Aggregation", "Windowing", "State"],
        ["Operators", "Connectors"],
        ["Graph"],
        ["Checkpointing"],
        ["Runtime"],
    ];

    private const int TopPureFloor = 4;
    private const string PureRoomAbove = "Operators";

    private static readonly RoomRules Rules = new(Floors);

    private static readonly Lazy<IReadOnlyCollection<TypeUse>> CoreUses = new(() => UseReader.Read(Load("StreamKit")));

    [Fact]
    public void EveryNamespaceOfTheCoreIsARoomOnTheList() =>
        Findings.AssertNone(Rules.UnknownRooms(Load("StreamKit").MainModule.Types.Select(type => type.Namespace)));

    [Fact]
    public void ARoomUsesLowerFloorsOnly() => Findings.AssertNone(Rules.UpwardUses(CoreUses.Value));

    [Fact]
    public void ASourceNamesLowerRoomsOnly() => Findings.AssertNone(Rules.UpwardUses(
        Repository.Files(".cs").Where(file => file.IsUnder("src/StreamKit")).SelectMany(SourceUses.Read)));

    [Fact]
    public void NoRoomUsesTheFrontDoor() => Findings.AssertNone(RoomRules.UsesOfTheFrontDoor(CoreUses.Value));

    [Fact]
    public void WhatTheRuntimeDrivesKnowsNoThreadTaskLockClockOrFile() =>
        Findings.AssertNone(Rules.ImpureUses(CoreUses.Value, TopPureFloor, PureRoomAbove));

    [Fact]
    public void EveryFolderOfTheCoreThatHoldsCodeIsSeenInItsAssembly()
    {
        // A room whose types the reader does not meet would pass every law above.
        IEnumerable<string> folders = Repository.Files(".cs")
            .Where(file => file.IsUnder("src/StreamKit"))
            .Select(file => file.Path.Split('/'))
            .Where(parts => parts.Length > 3)
            .Select(parts => parts[2])
            .Distinct();
        IEnumerable<string?> rooms =
            Load("StreamKit").MainModule.Types.Select(type => RoomRules.RoomOf(type.Namespace));
        Findings.AssertNone(folders.Where(folder => !rooms.Contains(folder)));
    }

    [Fact]
    public void TheCoreNeedsThePlatformAndThreeKindsOfPackageOnly() =>
        Assert.All(ForeignReferences("StreamKit"), name =>
            Assert.Matches(@"^(MessagePack(\.Annotations)?|Microsoft\.Extensions\..+\.Abstractions)$", name));

    [Fact]
    public void PackagesUseTheCoreAndNeverOneAnother() =>
        Findings.AssertNone(
            from package in Packages()
            from used in ForeignReferences(package)
            where used.StartsWith("StreamKit.", StringComparison.Ordinal)
            select $"{package} uses {used}");

    [Fact]
    public void AWayUpIsFoundInFieldsSignaturesLambdasIteratorsAttributesAndConstraints()
    {
        const string Upper = """
            namespace StreamKit.Runtime
            {
                public class Lane { public static int Count() => 1; }
                public sealed class MarkAttribute(int mark) : System.Attribute { public int Mark { get; } = mark; }
            }
            """;
        string[] ways =
        [
            "class Bad { Runtime.Lane? lane; }",
            "class Bad { void M(System.Collections.Generic.List<Runtime.Lane[]> lanes) { } }",
            "class Bad { object M() => (System.Func<int>)(() => Runtime.Lane.Count()); }",
            "class Bad { System.Collections.Generic.IEnumerable<int> M() { yield return Runtime.Lane.Count(); } }",
            "[Runtime.Mark(1)] class Bad;",
            "class Bad<T> where T : Runtime.Lane;",
            "class Bad { static System.Type M() => typeof(Runtime.Lane); }",
            "class Bad : Runtime.Lane;",
            "class Bad { class Inner { Runtime.Lane? lane; } }",
            "class Bad { unsafe delegate*<Runtime.Lane, void> f; }",
        ];
        foreach (string way in ways)
        {
            Assert.Contains(Rules.UpwardUses(Uses(Upper, $"namespace StreamKit.Time {{ {way} }}")), use =>
                use.StartsWith("StreamKit.Time.Bad", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void AConstantFromAboveIsFoundInTheSource()
    {
        var file = new SourceFile(
            "src/StreamKit/Time/Bad.cs", "using StreamKit.Runtime;\nnamespace StreamKit.Time;\nclass Bad;");
        Assert.Single(Rules.UpwardUses(SourceUses.Read(file)));
    }

    [Fact]
    public void RoomsOfOneFloorAreStrangersAndRoomsBelowAreNot()
    {
        const string State = "namespace StreamKit.State { public class Table; }";
        Assert.Single(Rules.UpwardUses(Uses(State, "namespace StreamKit.Windowing { class Pane : State.Table; }")));
        Assert.Empty(Rules.UpwardUses(Uses(State, "namespace StreamKit.Operators { class Window : State.Table; }")));
    }

    [Fact]
    public void AnInnerNamespaceBelongsToItsRoomAndAnAlienOneIsReported()
    {
        Assert.Empty(Rules.UnknownRooms(["StreamKit", "StreamKit.State.Tables", "System.Runtime.CompilerServices"]));
        Assert.Equal(["StreamKit.Timers"], Rules.UnknownRooms(["StreamKit.Time", "StreamKit.Timers"]));
    }

    [Fact]
    public void ARoomThatUsesTheFrontDoorIsReported() =>
        Assert.Single(RoomRules.UsesOfTheFrontDoor(
            Uses("namespace StreamKit { public class Door; }", "namespace StreamKit.Graph { class Plan : Door; }")));

    [Theory]
    [InlineData("System.Threading.Tasks.Task M() => System.Threading.Tasks.Task.CompletedTask;")]
    [InlineData("async System.Threading.Tasks.ValueTask M() => await System.Threading.Tasks.Task.Yield();")]
    [InlineData("System.Threading.Channels.Channel<int>? field;")]
    [InlineData("void M() { lock (this) { } }")]
    [InlineData("object M() => new System.Threading.Lock();")]
    [InlineData("long M() => System.DateTime.UtcNow.Ticks;")]
    [InlineData("long M() => System.Environment.TickCount64;")]
    [InlineData("long M() => System.Diagnostics.Stopwatch.GetTimestamp();")]
    [InlineData("object M() => System.TimeProvider.System;")]
    [InlineData("object M() => (System.Func<bool>)(() => System.IO.File.Exists(string.Empty));")]
    [InlineData("object M() => new System.Random();")]
    [InlineData("object M() => System.Guid.NewGuid();")]
    [InlineData("void M(System.Collections.Generic.IAsyncEnumerable<int> items) { }")]
    [InlineData("[System.ThreadStatic] static int field;")]
    [InlineData("System.Collections.Concurrent.BlockingCollection<int>? field;")]
    public void AThreadTaskLockClockOrFileOnAPureFloorIsReported(string member)
    {
        foreach (string room in Floors[..(TopPureFloor + 1)].SelectMany(floor => floor).Append(PureRoomAbove))
        {
            Assert.NotEmpty(Impure(room, member));
        }

        Assert.Empty(Impure("Runtime", member));
        Assert.Empty(Impure("Connectors", member));
    }

    [Theory]
    [InlineData("int field; int M() => System.Threading.Interlocked.Increment(ref field);")]
    [InlineData("int field; int M() => System.Threading.Volatile.Read(ref field);")]
    [InlineData("event System.Action? Changed;")]
    [InlineData("System.Collections.Generic.IEnumerable<int> M() { yield return 1; }")]
    [InlineData("object M() => new System.Random(7);")]
    [InlineData("object M() => new System.IO.InvalidDataException();")]
    [InlineData("object M() => System.Buffers.ArrayPool<int>.Shared.Rent(4);")]
    [InlineData("object M() => new System.Collections.Concurrent.ConcurrentQueue<int>();")]
    [InlineData("long M() => System.DateTimeOffset.UnixEpoch.UtcTicks;")]
    public void WhatCannotWaitOrReadAClockIsAllowedOnAPureFloor(string member) => Assert.Empty(Impure("Time", member));

    private static IEnumerable<string> Impure(string room, string member) => Rules.ImpureUses(
        Uses($"#pragma warning disable\nnamespace StreamKit.{room} {{ class Subject {{ {member} }} }}"),
        TopPureFloor,
        PureRoomAbove);

    private static IReadOnlyCollection<TypeUse> Uses(params string[] sources) =>
        UseReader.Read(Compiler.Assemble(sources));

    private static IEnumerable<string> Packages() => Repository.TrackedFiles
        .Where(path => path.StartsWith("src/", StringComparison.Ordinal))
        .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
        .Select(path => Path.GetFileNameWithoutExtension(path));

    private static IEnumerable<string> ForeignReferences(string package)
    {
        string platform = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return Load(package).MainModule.AssemblyReferences
            .Select(reference => reference.Name)
            .Where(name => !File.Exists(Path.Combine(platform, name + ".dll")));
    }

    private static AssemblyDefinition Load(string package) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(AppContext.BaseDirectory, package + ".dll"));
}
