namespace StreamKit.Workloads.Tests;

public class WorkloadCatalogTests
{
    public static TheoryData<string> Names => [.. WorkloadCatalog.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryWorkloadHasTheEventsAskedForAndAFloorThatGivesRows(string name)
    {
        Workload workload = WorkloadCatalog.Create(name, 1000);
        Assert.Equal(name, workload.Name);
        Assert.Equal(1000, workload.Events);
        Assert.True(workload.RunFloor().Rows > 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheFloorItselfStaysWithinTheAllocationBound(string name)
    {
        const int events = 1000;
        Workload workload = WorkloadCatalog.Create(name, events);
        long before = GC.GetAllocatedBytesForCurrentThread();
        workload.RunFloor();
        double perEvent = (double)(GC.GetAllocatedBytesForCurrentThread() - before) / events;
        Assert.InRange(perEvent, 0, workload.AllocationBound.LimitFor(events, lanes: 1));
    }

    [Fact]
    public void AnUnknownNameIsRefused() =>
        Assert.Throws<ArgumentException>(() => WorkloadCatalog.Create("W8", 1000));

    [Fact]
    public void PartsOfAResultMergeToTheWhole()
    {
        var whole = default(Checksum);
        var part = default(Checksum);
        var other = default(Checksum);
        for (int i = 0; i < 10; i++)
        {
            whole.Add(i, 3, i, -i);
            (i % 2 == 0 ? ref part : ref other).Add(i, 3, i, -i);
        }

        part.Merge(other);
        Assert.Equal(whole, part);
    }
}
