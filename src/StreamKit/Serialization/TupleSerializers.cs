namespace StreamKit.Serialization;

/// <summary>Tuples of two to seven, of both kinds; each part with the schema of its type.</summary>
internal static class TupleSerializers
{
    private const string Schema = "tuple";

    /// <summary>The serializer's definition for that of a tuple; null for other types.</summary>
    public static Type? Definition(Type tuple) =>
        tuple == typeof(ValueTuple<>) ? typeof(Values<>)
        : tuple == typeof(Tuple<>) ? typeof(Objects<>)
        : tuple == typeof(ValueTuple<,>) ? typeof(Values<,>)
        : tuple == typeof(Tuple<,>) ? typeof(Objects<,>)
        : tuple == typeof(ValueTuple<,,>) ? typeof(Values<,,>)
        : tuple == typeof(Tuple<,,>) ? typeof(Objects<,,>)
        : tuple == typeof(ValueTuple<,,,>) ? typeof(Values<,,,>)
        : tuple == typeof(Tuple<,,,>) ? typeof(Objects<,,,>)
        : tuple == typeof(ValueTuple<,,,,>) ? typeof(Values<,,,,>)
        : tuple == typeof(Tuple<,,,,>) ? typeof(Objects<,,,,>)
        : tuple == typeof(ValueTuple<,,,,,>) ? typeof(Values<,,,,,>)
        : tuple == typeof(Tuple<,,,,,>) ? typeof(Objects<,,,,,>)
        : tuple == typeof(ValueTuple<,,,,,,>) ? typeof(Values<,,,,,,>)
        : tuple == typeof(Tuple<,,,,,,>) ? typeof(Objects<,,,,,,>)
        : null;

    public sealed class Values<T1> : StateSerializer<ValueTuple<T1>>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in ValueTuple<T1> value)
        {
            writer.Value(value.Item1);
        }

        public override ValueTuple<T1> Read(ref StateReader reader) => new(reader.Value<T1>());
    }

    public sealed class Objects<T1> : StateSerializer<Tuple<T1>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
        }

        public override Tuple<T1>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(reader.Value<T1>());
    }

    public sealed class Values<T1, T2> : StateSerializer<(T1, T2)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
        }

        public override (T1, T2) Read(ref StateReader reader) => (reader.Value<T1>(), reader.Value<T2>());
    }

    public sealed class Objects<T1, T2> : StateSerializer<Tuple<T1, T2>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
        }

        public override Tuple<T1, T2>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(reader.Value<T1>(), reader.Value<T2>());
    }

    public sealed class Values<T1, T2, T3> : StateSerializer<(T1, T2, T3)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2, T3) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
        }

        public override (T1, T2, T3) Read(ref StateReader reader) =>
            (reader.Value<T1>(), reader.Value<T2>(), reader.Value<T3>());
    }

    public sealed class Objects<T1, T2, T3> : StateSerializer<Tuple<T1, T2, T3>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2, T3>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
        }

        public override Tuple<T1, T2, T3>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(reader.Value<T1>(), reader.Value<T2>(), reader.Value<T3>());
    }

    public sealed class Values<T1, T2, T3, T4> : StateSerializer<(T1, T2, T3, T4)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2, T3, T4) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
        }

        public override (T1, T2, T3, T4) Read(ref StateReader reader) => (
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>());
    }

    public sealed class Objects<T1, T2, T3, T4> : StateSerializer<Tuple<T1, T2, T3, T4>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2, T3, T4>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
        }

        public override Tuple<T1, T2, T3, T4>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>());
    }

    public sealed class Values<T1, T2, T3, T4, T5> : StateSerializer<(T1, T2, T3, T4, T5)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2, T3, T4, T5) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
        }

        public override (T1, T2, T3, T4, T5) Read(ref StateReader reader) => (
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>());
    }

    public sealed class Objects<T1, T2, T3, T4, T5> : StateSerializer<Tuple<T1, T2, T3, T4, T5>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2, T3, T4, T5>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
        }

        public override Tuple<T1, T2, T3, T4, T5>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>());
    }

    public sealed class Values<T1, T2, T3, T4, T5, T6> : StateSerializer<(T1, T2, T3, T4, T5, T6)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2, T3, T4, T5, T6) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
            writer.Value(value.Item6);
        }

        public override (T1, T2, T3, T4, T5, T6) Read(ref StateReader reader) => (
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>(),
                reader.Value<T6>());
    }

    public sealed class Objects<T1, T2, T3, T4, T5, T6> : StateSerializer<Tuple<T1, T2, T3, T4, T5, T6>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2, T3, T4, T5, T6>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
            writer.Value(value.Item6);
        }

        public override Tuple<T1, T2, T3, T4, T5, T6>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>(),
                reader.Value<T6>());
    }

    public sealed class Values<T1, T2, T3, T4, T5, T6, T7> : StateSerializer<(T1, T2, T3, T4, T5, T6, T7)>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in (T1, T2, T3, T4, T5, T6, T7) value)
        {
            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
            writer.Value(value.Item6);
            writer.Value(value.Item7);
        }

        public override (T1, T2, T3, T4, T5, T6, T7) Read(ref StateReader reader) => (
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>(),
                reader.Value<T6>(),
                reader.Value<T7>());
    }

    public sealed class Objects<T1, T2, T3, T4, T5, T6, T7> : StateSerializer<Tuple<T1, T2, T3, T4, T5, T6, T7>?>
    {
        public override string Schema => TupleSerializers.Schema;

        public override void Write(ref StateWriter writer, in Tuple<T1, T2, T3, T4, T5, T6, T7>? value)
        {
            if (value is null)
            {
                writer.WriteNull();
                return;
            }

            writer.Value(value.Item1);
            writer.Value(value.Item2);
            writer.Value(value.Item3);
            writer.Value(value.Item4);
            writer.Value(value.Item5);
            writer.Value(value.Item6);
            writer.Value(value.Item7);
        }

        public override Tuple<T1, T2, T3, T4, T5, T6, T7>? Read(ref StateReader reader) => reader.TryReadNull()
            ? null
            : new(
                reader.Value<T1>(),
                reader.Value<T2>(),
                reader.Value<T3>(),
                reader.Value<T4>(),
                reader.Value<T5>(),
                reader.Value<T6>(),
                reader.Value<T7>());
    }
}
