using System.Buffers.Binary;
using System.Runtime.InteropServices;
using RocksDbSharp;

namespace StreamKit.Spilling;

/// <summary>
/// The same in a loop over RocksDB: each event reads its accumulator and writes it back. No log, because nothing has to
/// survive; half of the memory for blocks, the other half for what is not yet written.
/// </summary>
internal static class RocksEngine
{
    private const int WriteBuffers = 2;

    public static SpillResult Run(SpillLoad load, string folder)
    {
        var disk = new DiskWatch(folder);
        BlockBasedTableOptions blocks = new BlockBasedTableOptions()
            .SetBlockCache(Cache.CreateLru((ulong)load.CapBytes / 2))
            .SetFilterPolicy(BloomFilterPolicy.Create(10, false))
            .SetCacheIndexAndFilterBlocks(true);
        DbOptions options = new DbOptions()
            .SetCreateIfMissing(true)
            .IncreaseParallelism(Environment.ProcessorCount)
            .SetWriteBufferSize((ulong)load.CapBytes / 2 / WriteBuffers)
            .SetMaxWriteBufferNumber(WriteBuffers)
            .SetCompression(Compression.Lz4)
            .SetBlockBasedTableFactory(blocks);
        WriteOptions withoutLog = new WriteOptions().DisableWal(1);
        using RocksDb db = RocksDb.Open(options, Path.Combine(folder, "rocks"));
        Fill(load, db, withoutLog, disk);

        long keys = 0, count = 0, sum = 0;
        using Iterator all = db.NewIterator();
        for (all.SeekToFirst(); all.Valid(); all.Next())
        {
            byte[] value = all.Value();
            keys++;
            count += BinaryPrimitives.ReadInt64LittleEndian(value);
            sum += BinaryPrimitives.ReadInt64LittleEndian(value.AsSpan(sizeof(long)));
        }

        disk.Look();
        return new SpillResult(keys, count, sum, disk.MostBytes);
    }

    private static void Fill(SpillLoad load, RocksDb db, WriteOptions withoutLog, DiskWatch disk)
    {
        Span<byte> key = stackalloc byte[sizeof(long)];
        Span<long> totals = stackalloc long[2];
        Span<byte> value = MemoryMarshal.AsBytes(totals);
        for (long i = 0; i < load.Events; i++)
        {
            if (i % DiskWatch.EventsBetweenLooks == 0)
            {
                disk.Look();
            }

            BinaryPrimitives.WriteInt64LittleEndian(key, load.KeyOf(i));
            totals.Clear();
            if (db.Get(key) is { } known)
            {
                known.CopyTo(value);
            }

            totals[0]++;
            totals[1] += SpillLoad.ValueOf(i);
            db.Put(key, value, null, withoutLog);
        }
    }
}
