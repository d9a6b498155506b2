namespace StreamKit.Workloads.Engines.Programs;

/// <summary>Count and sum; a mutable struct that lies in a dictionary.</summary>
internal struct Total
{
    public long Count;
    public long Sum;

    public void Add(int value)
    {
        Count++;
        Sum += value;
    }
}
