using StreamKit.Time;

namespace StreamKit.Tests.Time;

public class WatermarkMergeTests
{
    [Fact]
    public void InputsThatHaveEndedAreForgotten()
    {
        var merge = new WatermarkMerge();
        int last = merge.Add();
        for (int i = 0; i < 10_000; i++)
        {
            int input = merge.Add();
            merge.Advance(input, i);
            merge.Finish(last);
            last = input;
            Assert.Equal(1, merge.LiveCount);
            Assert.Equal(i, merge.Current);
        }

        Assert.Equal(10_001, merge.Count);
        Assert.False(merge.IsDone);
        Assert.Equal(long.MaxValue, merge.Finish(last));
        Assert.True(merge.IsDone);
    }

    [Fact]
    public void WhatAnEndedInputSaysChangesNothing()
    {
        var merge = new WatermarkMerge();
        int ended = merge.Add(), other = merge.Add();
        merge.Advance(ended, 10);
        merge.Advance(other, 4);
        Assert.Equal(4, merge.Finish(ended));

        Assert.Equal(4, merge.Advance(ended, 2));
        Assert.Equal(4, merge.Idle(ended));
        Assert.Equal(4, merge.Active(ended));
        Assert.Equal(4, merge.Finish(ended));
        Assert.False(merge.IsRejoining(ended));
        Assert.False(merge.IsIdleInput(ended));
        Assert.False(merge.IsDone);
    }
}
