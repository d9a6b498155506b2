using StreamKit.Serialization;
using StreamKit.State;

namespace StreamKit.Spill.Tests;

/// <summary>Runs in files.</summary>
public sealed class SpillFilesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void SectionsAreReadAsTheyWereWrittenInAnyOrder()
    {
        using IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job");
        byte[][] sections = [[1, 2, 3], [], [4], new byte[300_000], [5, 6]];
        new Random(7).NextBytes(sections[3]);
        using IStateRun run = Write(area, sections);

        Assert.Equal(300_006, run.Bytes);
        foreach (int section in (int[])[4, 0, 3, 1, 2])
        {
            var read = new byte[run.LengthOf(section)];
            run.Read(section, read);
            Assert.Equal(sections[section], read);
        }
    }

    [Fact]
    public void ARunThatIsNotNeededAnyMoreIsGone()
    {
        using IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job");
        IStateRun one = Write(area, [[1]]);
        using IStateRun other = Write(area, [[2]]);
        one.Dispose();
        Assert.Single(Runs());
    }

    [Fact]
    public void ARunThatIsNotCompletedLeavesNothing()
    {
        using IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job");
        using (IStateRunWriter writer = area.Begin())
        {
            writer.Write([1, 2, 3]);
        }

        Assert.Empty(Runs());
    }

    [Fact]
    public void AnAreaThatIsDisposedLeavesNothing()
    {
        using (IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job"))
        {
            Write(area, [[1]]);
            area.Begin().Write([2]);
        }

        Assert.Empty(_folder.Content);
    }

    [Fact]
    public void WhatADeadProcessLeftGoesAndWhatIsInUseStays()
    {
        string left = Path.Combine(_folder.Path, "spill-left");
        Directory.CreateDirectory(left);
        File.WriteAllText(Path.Combine(left, "in-use"), "");
        File.WriteAllText(Path.Combine(left, "1.run"), "old");
        using IStateSpillArea first = SpillFiles.In(_folder.Path).Open("first");
        using IStateRun run = Write(first, [[1, 2]]);
        using IStateSpillArea second = SpillFiles.In(_folder.Path).Open("second");

        Assert.False(Directory.Exists(left));
        var read = new byte[2];
        run.Read(0, read);
        Assert.Equal([1, 2], read);
    }

    [Fact]
    public void ADamagedSectionIsNotTakenForWhatWasWritten()
    {
        using IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job");
        using IStateRun run = Write(area, [[1, 2, 3], [4, 5, 6]]);
        byte[] bytes = File.ReadAllBytes(Runs()[0]);
        bytes[4] ^= 1;
        File.WriteAllBytes(Runs()[0], bytes);

        run.Read(0, new byte[3]);
        StateException failure = Assert.Throws<StateException>(() => run.Read(1, new byte[3]));
        Assert.Contains("not what was written", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASectionThatIsCutOffIsNotTakenForWhatWasWritten()
    {
        using IStateSpillArea area = SpillFiles.In(_folder.Path).Open("job");
        using IStateRun run = Write(area, [[1, 2, 3]]);
        File.WriteAllBytes(Runs()[0], [1, 2]);
        Assert.Throws<StateException>(() => run.Read(0, new byte[3]));
    }

    [Fact]
    public void ADirectoryThatCannotBeMadeIsTold()
    {
        string file = Path.Combine(_folder.Path, "file");
        File.WriteAllText(file, "");
        IStateSpill spill = SpillFiles.In(Path.Combine(file, "in"));
        StateException failure = Assert.Throws<StateException>(() => spill.Open("job"));
        Assert.Contains("StateLimits.Spill", failure.Message, StringComparison.Ordinal);
    }

    private static IStateRun Write(IStateSpillArea area, byte[][] sections)
    {
        using IStateRunWriter writer = area.Begin();
        Array.ForEach(sections, section => writer.Write(section));
        return writer.Complete();
    }

    private string[] Runs() => Directory.GetFiles(_folder.Path, "*.run", SearchOption.AllDirectories);
}
