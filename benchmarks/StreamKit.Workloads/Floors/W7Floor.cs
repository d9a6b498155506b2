using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StreamKit.Workloads.Data;

namespace StreamKit.Workloads.Floors;

/// <summary>Inner equi-join in tumbling windows of 10 s. Row per pair: end of the window, key as uint, left value,
/// right value.</summary>
/// <remarks>A symmetric hash join that emits a pair as soon as its second event comes. Events arrive left, right, left,
/// right …; a slot holds the heads of two linked lists of values.</remarks>
internal static unsafe class W7Floor
{
    private const int WindowMs = 10_000;
    private const int SlotBits = 18;
    private const int Shift = 32 - SlotBits;

    // How many events of each side have their slots fetched ahead.
    private const int Ahead = 64;

    public static Checksum Run(Event[] left, Event[] right, int countPerSide)
    {
        var state = new State();
        for (int i = 0; i < countPerSide; i += Chunk.Events)
        {
            int count = Math.Min(Chunk.Events, countPerSide - i);
            RunChunk(state, left.AsSpan(i, count), right.AsSpan(i, count));
        }

        return state.Result;
    }

    private static void RunChunk(State state, ReadOnlySpan<Event> left, ReadOnlySpan<Event> right)
    {
        fixed (Slot* slots = state.Slots)
        {
            for (int start = 0; start < left.Length; start += Ahead)
            {
                int end = start + Math.Min(Ahead, left.Length - start);
                for (int i = start; i < end; i++)
                {
                    Prefetch.Address(slots + ((uint)left[i].Key * 2654435769u >> Shift));
                    Prefetch.Address(slots + ((uint)right[i].Key * 2654435769u >> Shift));
                }

                for (int i = start; i < end; i++)
                {
                    Add(state, in left[i], isLeft: true);
                    Add(state, in right[i], isLeft: false);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(State state, in Event e, bool isLeft)
    {
        if (e.TimestampMs >= state.EndMs)
        {
            state.Epoch++;
            state.Count = 0;
            state.EndMs = (e.TimestampMs / WindowMs + 1) * WindowMs;
        }

        int index = (int)((uint)e.Key * 2654435769u >> Shift);
        while (true)
        {
            ref Slot slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(state.Slots), index);
            if (slot.Epoch != state.Epoch)
            {
                slot.Key = e.Key;
                slot.Epoch = state.Epoch;
                slot.LeftHead = slot.RightHead = -1;
            }
            else if (slot.Key != e.Key)
            {
                index = (index + 1) & ((1 << SlotBits) - 1);
                continue;
            }

            if (state.Count == state.Nodes.Length)
            {
                Array.Resize(ref state.Nodes, state.Count * 2);
            }

            int node = state.Count++;
            long endMs = state.EndMs;
            if (isLeft)
            {
                state.Nodes[node] = new Node { Value = e.Value, Next = slot.LeftHead };
                slot.LeftHead = node;
                for (int j = slot.RightHead; j >= 0; j = state.Nodes[j].Next)
                {
                    state.Result.Add(endMs, (uint)e.Key, e.Value, state.Nodes[j].Value);
                }
            }
            else
            {
                state.Nodes[node] = new Node { Value = e.Value, Next = slot.RightHead };
                slot.RightHead = node;
                for (int j = slot.LeftHead; j >= 0; j = state.Nodes[j].Next)
                {
                    state.Result.Add(endMs, (uint)e.Key, state.Nodes[j].Value, e.Value);
                }
            }

            return;
        }
    }

    private struct Slot
    {
        public int Key;
        public int Epoch;
        public int LeftHead;
        public int RightHead;
    }

    private struct Node
    {
        public int Value;
        public int Next;
    }

    private sealed class State
    {
        public readonly Slot[] Slots = new Slot[1 << SlotBits];
        public Node[] Nodes = new Node[1 << 19];
        public int Count;
        public int Epoch = 1;
        public long EndMs = long.MinValue;
        public Checksum Result;
    }
}
