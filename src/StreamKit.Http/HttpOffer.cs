namespace StreamKit.Http;

/// <summary>What became of records that were offered to an ingest.</summary>
public enum HttpOffer
{
    /// <summary>All are in the queue.</summary>
    Accepted,

    /// <summary>None is: there is no room for all of them. Later there may be.</summary>
    Full,

    /// <summary>None is: no job reads, or the one that does is stopping.</summary>
    NotReading,
}
