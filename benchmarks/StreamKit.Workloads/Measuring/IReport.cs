namespace StreamKit.Workloads.Measuring;

/// <summary>Writes measurements as they come.</summary>
internal interface IReport
{
    void Add(Measurement measurement);
}
