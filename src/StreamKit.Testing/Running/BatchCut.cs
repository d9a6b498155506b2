namespace StreamKit.Testing.Running;

/// <summary>How the records between two signals are cut into batches.</summary>
internal enum BatchCut
{
    /// <summary>Each record is a batch, and all it causes is done before the next.</summary>
    RecordByRecord,

    /// <summary>As few batches as hold them.</summary>
    Together,

    /// <summary>At places that a seed decides.</summary>
    AtRandom,
}
