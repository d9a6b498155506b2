using System.Runtime.InteropServices;

namespace StreamKit.Kafka.Native;

/// <summary>rd_kafka_topic_partition_list_t.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct PartitionList
{
    public int Count;
    public int Capacity;
    public PartitionEntry* Entries;
}
