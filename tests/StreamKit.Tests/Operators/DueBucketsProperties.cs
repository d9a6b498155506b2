using FsCheck.Fluent;
using StreamKit.Operators;
using StreamKit.Tests.Laws;

namespace StreamKit.Tests.Operators;

/// <summary>Buckets give what is due and keep the rest, wherever an instant falls within a bucket.</summary>
public class DueBucketsProperties
{
    [Fact]
    public void WhatIsDueComesOutOnceAndNothingElse() => Law.Holds(
        ArbMap.Default.ArbFor<(short Time, bool Takes)[]>(), moves =>
        {
            var buckets = new DueBuckets(width: 1000);
            var model = new List<(long Time, int Id)>();
            for (int i = 0; i < moves.Length; i++)
            {
                (short time, bool takes) = moves[i];
                if (takes)
                {
                    Take(buckets, model, time);
                }
                else
                {
                    buckets.Add(time, i);
                    model.Add((time, i));
                }

                Assert.Equal(model.Select(static e => e.Time).DefaultIfEmpty(long.MaxValue).Min(), buckets.Next);
            }

            buckets.Add(long.MaxValue, -1);
            model.Add((long.MaxValue, -1));
            Take(buckets, model, long.MaxValue);
            Assert.Empty(model);
        });

    private static void Take(DueBuckets buckets, List<(long Time, int Id)> model, long until)
    {
        var due = new List<(long Time, int Id)>();
        buckets.Take(until, due);
        Assert.Equal(model.Where(e => e.Time <= until).Order(), due.Order());
        model.RemoveAll(e => e.Time <= until);
    }
}
