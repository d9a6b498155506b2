namespace StreamKit.Tables;

/// <summary>One way of writing rows.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="WriteAsync">Writes rows, and returns when all are committed.</param>
internal sealed record Contender(string Name, Func<PageCount[], Task> WriteAsync);
