using Microsoft.Extensions.Time.Testing;
using StreamKit.Runtime;

namespace StreamKit.Tests.Runtime;

/// <summary>How often a subtask looks before it sleeps.</summary>
public class PatienceTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void WhoSleptShortlyLooksLonger()
    {
        var patience = new Patience(_clock, looks: true, othersWait: static () => false);
        int first = LooksOf(patience);
        Sleep(patience, microseconds: 100);
        int afterShort = LooksOf(patience);
        Sleep(patience, microseconds: 1000);

        Assert.True(first > 0);
        Assert.True(afterShort > first);
        Assert.Equal(first, LooksOf(patience));
    }

    [Fact]
    public void WhereOthersWaitForAThreadNobodyLooks()
    {
        bool othersWait = true;
        var patience = new Patience(_clock, looks: true, () => othersWait);
        Assert.Equal(0, LooksOf(patience));

        othersWait = false;
        Assert.True(LooksOf(patience) > 0);
    }

    [Fact]
    public void WhoeverComesToWaitMeanwhileEndsTheLooking()
    {
        int asked = 0;
        var patience = new Patience(_clock, looks: true, () => ++asked > 2);
        int whole = LooksOf(new Patience(_clock, looks: true, static () => false));

        Assert.InRange(LooksOf(patience), 1, whole - 1);
    }

    [Fact]
    public void WhoIsAloneNeverLooks()
    {
        var patience = new Patience(_clock, looks: false, othersWait: static () => false);
        Sleep(patience, microseconds: 1);

        Assert.Equal(0, LooksOf(patience));
    }

    private static int LooksOf(Patience patience)
    {
        int looked = 0;
        while (patience.LooksAgain(looked))
        {
            looked++;
        }

        return looked;
    }

    private void Sleep(Patience patience, int microseconds)
    {
        long began = patience.BeginSleep();
        _clock.Advance(TimeSpan.FromMicroseconds(microseconds));
        patience.EndSleep(began);
    }
}
