namespace StreamKit.Http;

/// <summary>What happens to a request that has something in it that is no record.</summary>
public enum MalformedRecords
{
    /// <summary>Nothing of the request is accepted: 400, which names each record that is wrong.</summary>
    RejectRequest,

    /// <summary>
    /// The others are accepted: 202. What is no record goes to the job's error policy with its bytes, and the answer
    /// names it. A body that is no JSON array although it begins as one is rejected all the same.
    /// </summary>
    ReportAndAcceptRest,
}
