namespace StreamKit.Testing.Running;

/// <summary>A captured stream whose record type is not written down.</summary>
internal interface ICapture<TIn>
{
    /// <summary>Takes the records from a run from now on.</summary>
    void Follow(TestRun<TIn> run);

    /// <summary>Says how a replay differs from the first run; null where it does not.</summary>
    string? Compare(TestRun<TIn> replay, bool inOrder);
}
