using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace StreamKit.Serialization;

/// <summary>Reads what a <see cref="StateWriter"/> wrote, in the same order.</summary>
/// <remarks>
/// Bytes are not trusted: whatever is wrong with them is a <see cref="StateException"/>, and no length that they claim
/// is believed before so many bytes are there. Passed by reference only.
/// </remarks>
public ref struct StateReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private readonly StateSchemas _schemas;
    private readonly ReadOnlyMemory<byte> _memory;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _at;
    private int _depth;

    internal StateReader(ReadOnlyMemory<byte> bytes, StateSchemas schemas)
    {
        _schemas = schemas;
        _memory = bytes;
        _bytes = bytes.Span;
    }

    internal StateReader(in ReadOnlySequence<byte> bytes, StateSchemas schemas)
        : this(bytes.IsSingleSegment ? bytes.First : bytes.ToArray(), schemas)
    {
    }

    /// <summary>Whether all has been read.</summary>
    public readonly bool IsAtEnd => _at == _bytes.Length;

    /// <summary>How many bytes have been read.</summary>
    internal readonly int Consumed => _at;

    private readonly int Left => _bytes.Length - _at;

    /// <summary>Reads yes or no.</summary>
    /// <exception cref="StateException">Something else is there, or nothing.</exception>
    public bool ReadBoolean() => Next() switch
    {
        Wire.True => true,
        Wire.False => false,
        byte code => throw Unexpected(code, "yes or no"),
    };

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="StateException">Something else is there, or nothing, or a number outside the range.</exception>
    public int ReadInt32()
    {
        long value = ReadInt64();
        return value == (int)value ? (int)value : throw OutOfRange();
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="StateException">Something else is there, or nothing, or a number outside the range.</exception>
    public long ReadInt64()
    {
        byte code = Next();
        if (code <= Wire.LargestFixedNumber || code >= Wire.SmallestFixedNegative)
        {
            return (sbyte)code;
        }

        if (code is >= Wire.UInt8 and <= Wire.UInt64)
        {
            ulong value = Unsigned(code);
            return value <= long.MaxValue ? (long)value : throw OutOfRange();
        }

        return Signed(code);
    }

    /// <summary>Reads a whole number.</summary>
    /// <exception cref="StateException">Something else is there, or nothing, or a number outside the range.</exception>
    public ulong ReadUInt64()
    {
        byte code = Next();
        if (code <= Wire.LargestFixedNumber)
        {
            return code;
        }

        if (code is >= Wire.UInt8 and <= Wire.UInt64)
        {
            return Unsigned(code);
        }

        long value = code >= Wire.SmallestFixedNegative ? (sbyte)code : Signed(code);
        return value >= 0 ? (ulong)value : throw OutOfRange();
    }

    /// <summary>Reads a number.</summary>
    /// <exception cref="StateException">Something else is there, or nothing.</exception>
    public double ReadDouble()
    {
        byte code = Next();
        return code == Wire.Float64
            ? BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)))
            : throw Unexpected(code, "a number");
    }

    /// <summary>Reads text, or null.</summary>
    /// <exception cref="StateException">Something else is there, or nothing.</exception>
    public string? ReadString()
    {
        byte code = Next();
        switch (code)
        {
            case Wire.Null:
                return null;
            case >= Wire.FixedText and <= Wire.FixedText + Wire.LongestFixedText:
                return Text(Take(code & Wire.LongestFixedText));
            case >= Wire.Text8 and <= Wire.Text32:
                return Text(Take(Length(code - Wire.Text8)));
            case >= Wire.Binary8 and <= Wire.Binary32:
                return CodeUnits(Take(Length(code - Wire.Binary8)));
            default:
                throw Unexpected(code, "text");
        }
    }

    /// <summary>Reads bytes; they are valid as long as what the reader reads from.</summary>
    /// <exception cref="StateException">Something else is there, or nothing.</exception>
    public ReadOnlySpan<byte> ReadBytes() => ReadMemory().Span;

    /// <summary>Reads that there is nothing, if that is what comes next.</summary>
    public bool TryReadNull()
    {
        if (_at >= _bytes.Length || _bytes[_at] != Wire.Null)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Reads how many values follow, each of which takes at least one byte.</summary>
    /// <exception cref="StateException">Something else is there, or nothing, or more than can follow.</exception>
    /// <remarks>So many elements may be made room for: there are as many bytes.</remarks>
    public int ReadCount()
    {
        ulong count = ReadUInt64();
        return count <= (ulong)Left
            ? (int)count
            : throw StateException.Damaged("a list claims more values than there are bytes");
    }

    /// <summary>Reads a value that <see cref="StateWriter.Value{T}"/> wrote.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="StateException">
    /// Something else is there, or nothing, or the state is of a schema that nothing reads as the type.
    /// </exception>
    public T Value<T>() => Payload(Schema<T>());

    /// <summary>
    /// Reads what <see cref="StateWriter.Schema{T}"/> wrote: what reads the <see cref="Payload"/>s that follow.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="StateException">Nothing reads the schema as the type.</exception>
    public StateSerializer<T> Schema<T>()
    {
        ulong index = ReadUInt64();
        return _schemas.ToRead<T>(index <= int.MaxValue ? (int)index : int.MaxValue);
    }

    /// <summary>Reads a value that <see cref="StateWriter.Payload"/> wrote.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="serializer">What <see cref="Schema{T}"/> gave.</param>
    /// <exception cref="StateException">The bytes are not what the serializer writes.</exception>
    public T Payload<T>(StateSerializer<T> serializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        if (++_depth > StateWriter.MaxDepth)
        {
            throw Wire.TooDeep();
        }

        T value = serializer.Read(ref this);
        _depth--;
        return value;
    }

    /// <summary>Sees to it that what follows has the layout that the program reads.</summary>
    internal void ReadForm(int form, string what)
    {
        int written = ReadInt32();
        if (written != form)
        {
            throw new StateException(
                $"The state of {what} has layout {written}, and this version of StreamKit reads layout {form}.");
        }
    }

    internal float ReadSingle()
    {
        byte code = Next();
        return code == Wire.Float32
            ? BinaryPrimitives.ReadSingleBigEndian(Take(sizeof(float)))
            : throw Unexpected(code, "a number");
    }

    internal ReadOnlyMemory<byte> ReadMemory()
    {
        byte code = Next();
        if (code is not (>= Wire.Binary8 and <= Wire.Binary32))
        {
            throw Unexpected(code, "bytes");
        }

        int length = Length(code - Wire.Binary8);
        Take(length);
        return _memory.Slice(_at - length, length);
    }

    private static string Text(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new StateException("The bytes of the state are damaged: text is not UTF-8.", exception);
        }
    }

    private static string CodeUnits(ReadOnlySpan<byte> bytes) => bytes.Length % sizeof(char) == 0
        ? string.Create(bytes.Length / sizeof(char), bytes, static (units, bytes) =>
        {
            for (int i = 0; i < units.Length; i++)
            {
                units[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(i * sizeof(char))..]);
            }
        })
        : throw StateException.Damaged("text ends in the middle of a code unit");

    private static StateException Unexpected(byte code, string expected) =>
        StateException.Damaged($"{expected} is expected where 0x{code:X2} stands");

    private static StateException OutOfRange() => StateException.Damaged("a number is out of range");

    private ulong Unsigned(byte code) => code switch
    {
        Wire.UInt8 => Take(sizeof(byte))[0],
        Wire.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort))),
        Wire.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))),
        _ => BinaryPrimitives.ReadUInt64BigEndian(Take(sizeof(ulong))),
    };

    private long Signed(byte code) => code switch
    {
        Wire.Int8 => (sbyte)Take(sizeof(sbyte))[0],
        Wire.Int16 => BinaryPrimitives.ReadInt16BigEndian(Take(sizeof(short))),
        Wire.Int32 => BinaryPrimitives.ReadInt32BigEndian(Take(sizeof(int))),
        Wire.Int64 => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long))),
        _ => throw Unexpected(code, "a whole number"),
    };

    // One, two or four bytes, as the last two bits of the header say.
    private int Length(int form)
    {
        uint length = form switch
        {
            0 => Take(sizeof(byte))[0],
            1 => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort))),
            _ => BinaryPrimitives.ReadUInt32BigEndian(Take(sizeof(uint))),
        };
        return length <= (uint)Left ? (int)length : throw TooShort();
    }

    private byte Next()
    {
        if (_at >= _bytes.Length)
        {
            throw TooShort();
        }

        return _bytes[_at++];
    }

    private ReadOnlySpan<byte> Take(int bytes)
    {
        if (Left < bytes)
        {
            throw TooShort();
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_at, bytes);
        _at += bytes;
        return taken;
    }

    private static StateException TooShort() => StateException.Damaged("they end too early");
}
