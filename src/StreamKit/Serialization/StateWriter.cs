using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace StreamKit.Serialization;

/// <summary>Writes state as MessagePack primitives, one after the other.</summary>
/// <remarks>
/// Numbers take the least bytes that hold them. There are no names and no skipping: what is written is read in the same
/// order, by <see cref="StateReader"/>. Passed by reference only.
/// </remarks>
public ref struct StateWriter
{
    /// <summary>How deep values may lie in each other.</summary>
    internal const int MaxDepth = 500;

    private const int LongestNumber = 9;

    private readonly IBufferWriter<byte> _output;
    private readonly StateSchemas _schemas;
    private Span<byte> _room;
    private int _used;
    private long _flushed;
    private int _depth;

    internal StateWriter(IBufferWriter<byte> output, StateSchemas schemas) => (_output, _schemas) = (output, schemas);

    /// <summary>Writes yes or no.</summary>
    /// <param name="value">The value.</param>
    public void Write(bool value) => Put(value ? Wire.True : Wire.False);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(int value) => Write((long)value);

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(long value)
    {
        if (value >= 0)
        {
            Write((ulong)value);
            return;
        }

        Span<byte> to = Room(LongestNumber);
        if (value >= -32)
        {
            to[0] = (byte)value;
            _used += 1;
        }
        else if (value >= sbyte.MinValue)
        {
            to[0] = Wire.Int8;
            to[1] = (byte)value;
            _used += 2;
        }
        else if (value >= short.MinValue)
        {
            to[0] = Wire.Int16;
            BinaryPrimitives.WriteInt16BigEndian(to[1..], (short)value);
            _used += 3;
        }
        else if (value >= int.MinValue)
        {
            to[0] = Wire.Int32;
            BinaryPrimitives.WriteInt32BigEndian(to[1..], (int)value);
            _used += 5;
        }
        else
        {
            to[0] = Wire.Int64;
            BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
            _used += 9;
        }
    }

    /// <summary>Writes a whole number.</summary>
    /// <param name="value">The number.</param>
    public void Write(ulong value)
    {
        Span<byte> to = Room(LongestNumber);
        if (value <= Wire.LargestFixedNumber)
        {
            to[0] = (byte)value;
            _used += 1;
        }
        else if (value <= byte.MaxValue)
        {
            to[0] = Wire.UInt8;
            to[1] = (byte)value;
            _used += 2;
        }
        else if (value <= ushort.MaxValue)
        {
            to[0] = Wire.UInt16;
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)value);
            _used += 3;
        }
        else if (value <= uint.MaxValue)
        {
            to[0] = Wire.UInt32;
            BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)value);
            _used += 5;
        }
        else
        {
            to[0] = Wire.UInt64;
            BinaryPrimitives.WriteUInt64BigEndian(to[1..], value);
            _used += 9;
        }
    }

    /// <summary>Writes a number, to the last bit.</summary>
    /// <param name="value">The number; also one that is infinite or none (NaN).</param>
    public void Write(double value)
    {
        Span<byte> to = Room(LongestNumber);
        to[0] = Wire.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(to[1..], value);
        _used += 9;
    }

    /// <summary>Writes text, to the last code unit.</summary>
    /// <param name="value">The text, or null.</param>
    /// <remarks>As UTF-8; text with half a surrogate pair, which UTF-8 cannot hold, as its UTF-16 code units.</remarks>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
        }
        else if (!Wire.IsUtf16(value))
        {
            WriteCodeUnits(value);
        }
        else
        {
            int bytes = Encoding.UTF8.GetByteCount(value);
            WriteTextHeader(bytes);
            Span<byte> to = Room(bytes); // Before the sum: making room may begin a new buffer.
            _used += Encoding.UTF8.GetBytes(value, to);
        }
    }

    /// <summary>Writes bytes.</summary>
    /// <param name="value">The bytes; they are copied.</param>
    public void Write(scoped ReadOnlySpan<byte> value)
    {
        WriteBinaryHeader(value.Length);
        value.CopyTo(Room(value.Length));
        _used += value.Length;
    }

    /// <summary>Writes that there is nothing, which <see cref="StateReader.TryReadNull"/> finds.</summary>
    public void WriteNull() => Put(Wire.Null);

    /// <summary>Writes a value with the serializer of its type, and which one that is.</summary>
    /// <typeparam name="T">The type; not that of the value itself where this is of a derived one.</typeparam>
    /// <param name="value">The value.</param>
    /// <exception cref="StateException">The type has no serializer, or values lie in each other too deep.</exception>
    public void Value<T>(in T value) => Payload(Schema<T>(), in value);

    /// <summary>
    /// Writes which serializer a type has, for as many <see cref="Payload"/>s as follow.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="StateException">The type has no serializer.</exception>
    /// <remarks>For lists: the serializer is named once and not with each value.</remarks>
    public StateSerializer<T> Schema<T>()
    {
        StateSerializer<T> serializer = _schemas.ToWrite<T>(out int index);
        Write((ulong)index);
        return serializer;
    }

    /// <summary>Writes a value without saying what serializer it has.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">What <see cref="Schema{T}"/> gave.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="StateException">Values lie in each other too deep.</exception>
    public void Payload<T>(StateSerializer<T> serializer, in T value)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        if (++_depth > MaxDepth)
        {
            throw Wire.TooDeep();
        }

        long before = Written;
        serializer.Write(ref this, in value);
        if (Written == before)
        {
            // A list that is read must not be longer than what is left to read, or damage could make it any length.
            throw new StateException($"The serializer of '{serializer.Schema}' wrote nothing: let it write null.");
        }

        _depth--;
    }

    /// <summary>Hands over to the buffer what was written so far.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            _output.Advance(_used);
            _flushed += _used;
        }

        _room = default;
        _used = 0;
    }

    /// <summary>How many bytes were written so far.</summary>
    internal readonly long Written => _flushed + _used;

    internal void WriteSingle(float value)
    {
        Span<byte> to = Room(LongestNumber);
        to[0] = Wire.Float32;
        BinaryPrimitives.WriteSingleBigEndian(to[1..], value);
        _used += 5;
    }

    private void WriteCodeUnits(string value)
    {
        WriteBinaryHeader(checked(value.Length * sizeof(char)));
        foreach (char unit in value)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(Room(sizeof(char)), unit);
            _used += sizeof(char);
        }
    }

    private void WriteTextHeader(int bytes)
    {
        if (bytes <= Wire.LongestFixedText)
        {
            Put((byte)(Wire.FixedText | bytes));
        }
        else
        {
            WriteLength(Wire.Text8, bytes);
        }
    }

    private void WriteBinaryHeader(int bytes) => WriteLength(Wire.Binary8, bytes);

    // The three headers of a kind follow each other: one, two and four bytes of length.
    private void WriteLength(byte first, int length)
    {
        Span<byte> to = Room(LongestNumber);
        if (length <= byte.MaxValue)
        {
            to[0] = first;
            to[1] = (byte)length;
            _used += 2;
        }
        else if (length <= ushort.MaxValue)
        {
            to[0] = (byte)(first + 1);
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)length);
            _used += 3;
        }
        else
        {
            to[0] = (byte)(first + 2);
            BinaryPrimitives.WriteInt32BigEndian(to[1..], length);
            _used += 5;
        }
    }

    private void Put(byte value)
    {
        Room(1)[0] = value;
        _used++;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Room(int bytes)
    {
        if (_room.Length - _used < bytes)
        {
            Flush();
            _room = _output.GetSpan(bytes);
        }

        return _room[_used..];
    }
}
