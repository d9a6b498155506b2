using StackExchange.Redis;

namespace StreamKit.Redis.Writing;

/// <summary>The commands for the keys that a batch of records changes, gathered by key.</summary>
internal sealed class KeyCommands(KeyForm form, IEnumerable<KeyChanges> changes) : Commands
{
    private readonly IReadOnlyList<Func<IDatabaseAsync, Task>>[] _keys = [.. changes.Select(form.CommandsOf)];

    public override Task SendAsync(IDatabase database)
    {
        var answers = new List<Task>(_keys.Length);
        IBatch? batch = null;
        foreach (IReadOnlyList<Func<IDatabaseAsync, Task>> commands in _keys)
        {
            if (commands.Count == 1)
            {
                answers.Add(commands[0](batch ??= database.CreateBatch()));
                continue;
            }

            // Nobody sees a key without what has come, and none is left without its expiry.
            ITransaction transaction = database.CreateTransaction();
            foreach (Func<IDatabaseAsync, Task> command in commands)
            {
                answers.Add(command(transaction));
            }

            answers.Add(ExecuteAsync(transaction));
        }

        batch?.Execute();
        return Task.WhenAll(answers);
    }
}
