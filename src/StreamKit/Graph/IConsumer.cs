using StreamKit.Operators;

namespace StreamKit.Graph;

/// <summary>A step that takes batches.</summary>
internal interface IConsumer<TBatch>
{
    /// <summary>
    /// Builds, for one subtask that sends, what takes its batches: an operator, or the way to other subtasks.
    /// </summary>
    Receiver<TBatch> Open(Wiring wiring);
}
