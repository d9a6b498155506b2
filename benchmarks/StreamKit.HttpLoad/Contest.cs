namespace StreamKit.HttpLoad;

/// <summary>The same records in two ways.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Records">How many records a request brings.</param>
/// <param name="BarePath">The bare endpoint.</param>
/// <param name="BareBody">What it gets.</param>
/// <param name="Type">The content type of what the ingest gets.</param>
/// <param name="Body">What the ingest gets.</param>
internal sealed record Contest(string Name, int Records, string BarePath, string BareBody, string Type, string Body);
