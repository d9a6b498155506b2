using StreamKit.Operators;

namespace StreamKit.Graph;

/// <summary>A step that begins new subtasks: batches come to it through channels.</summary>
internal interface IStage<TBatch>
{
    string Name { get; }

    /// <summary>A name that stays the same when the pipeline is changed elsewhere, if the user gave names.</summary>
    string StateName { get; }

    /// <summary>Whether there is one subtask for each lane, or just one.</summary>
    bool IsParallel { get; }

    /// <summary>Whether records come without event time, so that the splits of the inputs must be told apart.</summary>
    bool InputsHaveSplits => false;

    /// <summary>Builds the chain of one subtask.</summary>
    Receiver<TBatch> OpenSubtask(Wiring wiring);
}
