using System.Diagnostics;
using System.Threading.Channels;
using HdrHistogram;

namespace StreamKit.Latency;

/// <summary>One event at a time through five operators of a pipeline that has nothing else to do.</summary>
internal sealed class IdleLatency(Arguments arguments, LatencyTable table)
{
    // In nanoseconds, up to ten seconds, with three digits.
    private const long MostNanoseconds = 10_000_000_000;
    private const int Digits = 3;

    private long _arrived;

    public async Task RunAsync()
    {
        var channel = Channel.CreateUnbounded<long>(new UnboundedChannelOptions { SingleReader = true });
        StreamBuilder builder = StreamBuilder.Create("idle");
        builder.From(channel.Reader)
            .Where(static sent => sent > 0)
            .Select(static sent => sent + 1)
            .Select(static sent => sent - 1)
            .Where(static sent => sent != long.MaxValue)
            .Select(static sent => sent)
            .ForEach(_ => Volatile.Write(ref _arrived, Stopwatch.GetTimestamp()));
        await using StreamJob job = builder.Build().Start(new JobOptions { Parallelism = 1 });
        var histogram = new LongHistogram(1, MostNanoseconds, Digits);
        var sender = new Thread(() => Send(channel.Writer, histogram)) { Name = "idle sender", IsBackground = true };
        sender.Start();
        await job.Completion;
        sender.Join();
        string remark = $"{arguments.IdleEvents:N0} events, {arguments.Pause.TotalMicroseconds:0} µs apart";
        table.Add("idle", histogram, remark);
    }

    private void Send(ChannelWriter<long> writer, LongHistogram histogram)
    {
        // As many again before them, until everything is compiled.
        for (int i = -arguments.IdleEvents; i < arguments.IdleEvents; i++)
        {
            Pause();
            Volatile.Write(ref _arrived, 0);
            long sent = Stopwatch.GetTimestamp();
            writer.TryWrite(sent);
            long arrived;
            while ((arrived = Volatile.Read(ref _arrived)) == 0)
            {
                Thread.Yield();
            }

            if (i >= 0)
            {
                long nanoseconds = (long)Stopwatch.GetElapsedTime(sent, arrived).TotalNanoseconds;
                histogram.RecordValue(Math.Clamp(nanoseconds, 1, MostNanoseconds));
            }
        }

        writer.Complete();
    }

    // Long enough for the threads of the pipeline to go to sleep.
    private void Pause()
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < arguments.Pause)
        {
            Thread.Yield();
        }
    }
}
