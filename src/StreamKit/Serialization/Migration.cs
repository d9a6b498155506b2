namespace StreamKit.Serialization;

/// <summary>A registered migration.</summary>
internal sealed class Migration<TOld, TNew>(IStateMigration<TOld, TNew> migration) : IMigrationTo<TNew>
{
    public StateSerializer<TNew>? TryReader(StateTypes types, string schema, int version, HashSet<Type> visited) =>
        types.TryReaderOf<TOld>(schema, version, visited) is { } old ? new Reader(old, migration) : null;

    private sealed class Reader(StateSerializer<TOld> old, IStateMigration<TOld, TNew> migration)
        : StateSerializer<TNew>
    {
        public override string Schema => old.Schema;

        public override int Version => old.Version;

        public override TNew Read(ref StateReader reader) => migration.Migrate(old.Read(ref reader));

        public override void Write(ref StateWriter writer, in TNew value) =>
            throw new NotSupportedException("State is written in its new form only.");
    }
}
