namespace StreamKit.Tests.Aggregation;

/// <summary>What the merging of words counts, and when it fails.</summary>
internal sealed class Words
{
    public int Merges { get; set; }

    /// <summary>After so many merges one fails; null: none.</summary>
    public int? FailsAfter { get; set; }

    /// <summary>Whether merges do nothing, where only their number matters.</summary>
    public bool KeepsNothing { get; set; }

    public void CountOne()
    {
        Merges++;
        if (FailsAfter is { } left)
        {
            FailsAfter = left - 1;
            if (left <= 0)
            {
                throw new InvalidOperationException("A merge fails.");
            }
        }
    }
}
