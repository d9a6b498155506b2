namespace StreamKit.Serialization;

/// <summary>
/// Serializers that keep the values themselves and write their numbers; good in one process and one thread only.
/// </summary>
internal sealed class References
{
    private readonly Dictionary<Type, object> _serializers = [];

    public StateSerializer<T> Of<T>()
    {
        if (!_serializers.TryGetValue(typeof(T), out object? known))
        {
            _serializers.Add(typeof(T), known = new Serializer<T>());
        }

        return (StateSerializer<T>)known;
    }

    private sealed class Serializer<T> : StateSerializer<T>
    {
        private readonly List<T> _values = [];

        public override string Schema { get; } = "in-process:" + TypeNames.Of(typeof(T));

        public override void Write(ref StateWriter writer, in T value)
        {
            writer.Write(_values.Count);
            _values.Add(value);
        }

        public override T Read(ref StateReader reader)
        {
            int at = reader.ReadInt32();
            return at >= 0 && at < _values.Count
                ? _values[at]
                : throw StateException.Damaged("a value is not one of this process");
        }
    }
}
