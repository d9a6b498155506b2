using StreamKit.Workloads.Engines.Rx;

namespace StreamKit.Workloads.Engines;

/// <summary>The engines that can be measured.</summary>
internal static class EngineCatalog
{
    /// <summary>Measured always.</summary>
    public static IReadOnlyList<IEngine> Own { get; } = [new StreamKitEngine()];

    /// <summary>What a .NET user would write without StreamKit; measured on request.</summary>
    public static IReadOnlyList<IEngine> Peers { get; } =
    [
        new ChannelItemsEngine(),
        new ChannelBatchesEngine(),
        new DataflowItemsEngine(),
        new DataflowBatchesEngine(),
        new AkkaItemsEngine(),
        new AkkaBatchesEngine(),
        new RxEngine(),
        new DuckDbEngine(),
    ];
}
