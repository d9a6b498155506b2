using System.Collections.Concurrent;

namespace StreamKit.Serialization;

/// <summary>Serializers that keep the values themselves and write their numbers; good in one process only.</summary>
internal sealed class References
{
    private readonly ConcurrentDictionary<Type, object> _serializers = new();

    public StateSerializer<T> Of<T>() =>
        (StateSerializer<T>)_serializers.GetOrAdd(typeof(T), static _ => new Serializer<T>());

    private sealed class Serializer<T> : StateSerializer<T>
    {
        private readonly List<T> _values = [];

        public override string Schema { get; } = "in-process:" + TypeNames.Of(typeof(T));

        public override void Write(ref StateWriter writer, in T value)
        {
            lock (_values)
            {
                writer.Write(_values.Count);
                _values.Add(value);
            }
        }

        public override T Read(ref StateReader reader)
        {
            int at = reader.ReadInt32();
            lock (_values)
            {
                return at >= 0 && at < _values.Count
                    ? _values[at]
                    : throw StateException.Damaged("a value is not one of this process");
            }
        }
    }
}
