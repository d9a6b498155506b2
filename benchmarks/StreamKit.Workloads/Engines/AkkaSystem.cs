using Akka.Actor;
using Akka.Streams;

namespace StreamKit.Workloads.Engines;

/// <summary>The one actor system of the process, as a program that uses Akka has it.</summary>
/// <remarks>Made at first use and kept: to start it takes longer than some workloads, and no program starts it for each
/// stream. While no stream runs, it has nothing to do.</remarks>
internal static class AkkaSystem
{
    private static readonly Lazy<ActorSystem> s_system =
        new(static () => ActorSystem.Create("workloads", "akka.loglevel = ERROR"));

    public static ActorMaterializer CreateMaterializer() => s_system.Value.Materializer();
}
