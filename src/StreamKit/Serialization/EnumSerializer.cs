using System.Runtime.CompilerServices;

namespace StreamKit.Serialization;

/// <summary>Enums, by their numbers; names may change.</summary>
internal sealed class EnumSerializer<T> : StateSerializer<T>
{
    private static readonly bool IsSigned = Type.GetTypeCode(typeof(T)) is
        TypeCode.SByte or TypeCode.Int16 or TypeCode.Int32 or TypeCode.Int64;

    public override string Schema => "enum";

    public override void Write(ref StateWriter writer, in T value)
    {
        long number = NumberOf(value);
        if (IsSigned)
        {
            writer.Write(number);
        }
        else
        {
            writer.Write((ulong)number);
        }
    }

    public override T Read(ref StateReader reader)
    {
        long number = IsSigned ? reader.ReadInt64() : (long)reader.ReadUInt64();
        T value = default!; // An enum is a value.
        switch (Unsafe.SizeOf<T>())
        {
            case sizeof(byte):
                Unsafe.As<T, byte>(ref value) = (byte)number;
                break;
            case sizeof(short):
                Unsafe.As<T, short>(ref value) = (short)number;
                break;
            case sizeof(int):
                Unsafe.As<T, int>(ref value) = (int)number;
                break;
            default:
                Unsafe.As<T, long>(ref value) = number;
                break;
        }

        return NumberOf(value) == number ? value : throw StateException.Damaged("an enum is out of range");
    }

    private static long NumberOf(T value) => (Unsafe.SizeOf<T>(), IsSigned) switch
    {
        (sizeof(byte), true) => Unsafe.As<T, sbyte>(ref value),
        (sizeof(byte), false) => Unsafe.As<T, byte>(ref value),
        (sizeof(short), true) => Unsafe.As<T, short>(ref value),
        (sizeof(short), false) => Unsafe.As<T, ushort>(ref value),
        (sizeof(int), true) => Unsafe.As<T, int>(ref value),
        (sizeof(int), false) => Unsafe.As<T, uint>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    };
}
