namespace StreamKit.Testing;

/// <summary>What a driver does with what is no record.</summary>
public enum BadRecords
{
    /// <summary>Collects it in <see cref="SourceDriver{T}.BadRecords"/>.</summary>
    Collect,

    /// <summary>Throws, as a job does whose error policy is to fail.</summary>
    Fail,
}
