using FsCheck.Fluent;
using StreamKit.Operators;
using StreamKit.Runtime;
using StreamKit.Tests.Laws;

namespace StreamKit.Tests.Runtime;

/// <summary>Who may be read: nobody who is too far ahead of the slowest that counts.</summary>
public class AlignmentGroupTests
{
    private const long Drift = 10;

    private readonly AlignmentGroup _group = new("g");

    [Fact]
    public void ASplitThatIsTooFarAheadIsHeldUntilTheSlowestHasCaughtUp()
    {
        (SourceSplit fast, AlignedSplit fastMember) = Join();
        (_, AlignedSplit slowMember) = Join();
        slowMember.Report(0, isIdle: false);
        fastMember.Report(10, isIdle: false);
        Assert.False(fast.IsHeld());
        fastMember.Report(11, isIdle: false);
        Assert.True(fast.IsHeld());
        slowMember.Report(1, isIdle: false);
        Assert.False(fast.IsHeld());
    }

    [Fact]
    public void OneThatHasNotSaidAnythingHoldsAllThatHave()
    {
        (SourceSplit first, AlignedSplit member) = Join();
        (SourceSplit silent, _) = Join();
        Assert.False(first.IsHeld());
        member.Report(0, isIdle: false);
        Assert.True(first.IsHeld());
        Assert.False(silent.IsHeld());
    }

    [Fact]
    public void AStepThatHasNotAnnouncedItsSplitsHoldsTheOthers()
    {
        (SourceSplit first, AlignedSplit member) = Join();
        SplitAlignment late = _group.Open(Drift);
        member.Report(0, isIdle: false);
        Assert.True(first.IsHeld());
        late.Started();
        late.Started();
        Assert.False(first.IsHeld());
    }

    [Fact]
    public void OneThatIsIdleOrHasLeftHoldsNobody()
    {
        (SourceSplit fast, AlignedSplit fastMember) = Join();
        (_, AlignedSplit slow) = Join();
        (_, AlignedSplit slower) = Join();
        fastMember.Report(100, isIdle: false);
        slow.Report(0, isIdle: false);
        slower.Report(0, isIdle: false);
        slow.Report(0, isIdle: true);
        Assert.True(fast.IsHeld());
        slower.Leave();
        Assert.False(fast.IsHeld());
        slow.Report(0, isIdle: false);
        Assert.True(fast.IsHeld());
        fastMember.Report(100, isIdle: true);
        slow.Report(0, isIdle: true);
        Assert.False(fast.IsHeld());
        Assert.Equal(long.MaxValue, _group.Slowest);
    }

    [Fact]
    public async Task TheReaderOfAHeldSplitIsWokenOnceItMayGoOn()
    {
        var wakeUp = new WakeUp();
        (SourceSplit fast, AlignedSplit fastMember) = Join(wakeUp);
        (_, AlignedSplit slow) = Join();
        slow.Report(0, isIdle: false);
        fastMember.Report(50, isIdle: false);
        Assert.True(fast.IsHeld());
        ValueTask waiting = wakeUp.WaitAsync(TestContext.Current.CancellationToken);
        slow.Report(30, isIdle: false);
        Assert.False(waiting.IsCompleted);
        slow.Report(40, isIdle: false);
        await Eventually.WithinLimitAsync(waiting.AsTask());
        Assert.False(fast.IsHeld());
    }

    [Fact]
    public async Task TheReaderOfASplitThatLeavesIsWoken()
    {
        var wakeUp = new WakeUp();
        (SourceSplit fast, AlignedSplit fastMember) = Join(wakeUp);
        (_, AlignedSplit slow) = Join();
        slow.Report(0, isIdle: false);
        fastMember.Report(50, isIdle: false);
        Assert.True(fast.IsHeld());
        fastMember.Leave();
        await Eventually.WithinLimitAsync(wakeUp.WaitAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.False(fast.IsHeld());
    }

    [Fact]
    public void TheSlowestIsNeverHeldAndAllOthersExactlyWhenTheyAreTooFarAhead() => Law.Holds(
        Gen.ListOf(
            from member in Gen.Choose(0, 3)
            from kind in Gen.Frequency((6, Gen.Constant(0)), (2, Gen.Constant(1)), (1, Gen.Constant(2)))
            from value in Gen.Choose(-40, 40)
            select (Member: member, Kind: kind, Value: value)).ToArbitrary(),
        static steps =>
        {
            var test = new AlignmentGroupTests();
            (SourceSplit Split, AlignedSplit Member)[] all = [.. Enumerable.Range(0, 4).Select(_ => test.Join())];
            long[] watermarks = [.. Enumerable.Repeat(long.MinValue, 4)];
            bool[] idle = new bool[4], gone = new bool[4];
            foreach ((int i, int kind, int value) in steps)
            {
                if (gone[i])
                {
                    continue;
                }

                (watermarks[i], idle[i], gone[i]) = kind switch
                {
                    0 => (Math.Max(watermarks[i], value), false, false),
                    1 => (watermarks[i], !idle[i], false),
                    _ => (watermarks[i], idle[i], true),
                };
                if (gone[i])
                {
                    all[i].Member.Leave();
                }
                else
                {
                    all[i].Member.Report(watermarks[i], idle[i]);
                }

                var counting = Enumerable.Range(0, 4).Where(j => !idle[j] && !gone[j]).ToList();
                foreach (int j in Enumerable.Range(0, 4).Where(j => !gone[j]))
                {
                    bool tooFar = counting.Any(k => watermarks[k] == long.MinValue
                        ? watermarks[j] != long.MinValue
                        : watermarks[j] != long.MinValue && watermarks[j] > watermarks[k] + Drift);
                    Assert.Equal(tooFar, all[j].Split.IsHeld());
                }

                Assert.True(counting.Count == 0 || counting.Any(j => !all[j].Split.IsHeld()), "somebody may go on");
            }
        });

    private (SourceSplit Split, AlignedSplit Member) Join(WakeUp? wakeUp = null)
    {
        SplitAlignment step = _group.Open(Drift);
        var split = new SourceSplit("source", "split", wakeUp ?? new WakeUp());
        AlignedSplit member = step.Add(split);
        step.Started();
        return (split, member);
    }
}
