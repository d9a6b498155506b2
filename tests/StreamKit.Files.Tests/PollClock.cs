using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace StreamKit.Files.Tests;

/// <summary>A clock that stands still, and knows when somebody waits for it.</summary>
public sealed class PollClock : FakeTimeProvider
{
    private readonly Channel<bool> _waits = Channel.CreateUnbounded<bool>();

    /// <summary>The step that lets every waiting poll go on.</summary>
    public static TimeSpan Step => TimeSpan.FromMilliseconds(250);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        _waits.Writer.TryWrite(true);
        return timer;
    }

    /// <summary>Lets so many polls of the only reader find nothing; afterwards it waits again.</summary>
    public async Task PollAsync(int times)
    {
        for (int i = 0; i < times; i++)
        {
            await _waits.Reader.ReadAsync(Token);
            Advance(Step);
        }

        await _waits.Reader.WaitToReadAsync(Token);
    }

    /// <summary>Moves the clock on, poll by poll, until a task has completed.</summary>
    public async Task<T> UntilAsync<T>(Task<T> task)
    {
        for (int polls = 0; !task.IsCompleted; polls++)
        {
            Assert.True(polls < 100_000, "a hundred thousand polls have not brought it");
            await Task.WhenAny(task, _waits.Reader.WaitToReadAsync(Token).AsTask());
            if (_waits.Reader.TryRead(out _))
            {
                Advance(Step);
            }
        }

        return await task;
    }

    /// <summary>Moves the clock on, poll by poll, until a task has completed.</summary>
    public Task UntilAsync(Task task) => UntilAsync(DoneAsync(task));

    private static async Task<bool> DoneAsync(Task task)
    {
        await task;
        return true;
    }
}
