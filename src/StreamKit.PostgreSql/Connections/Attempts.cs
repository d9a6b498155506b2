using Microsoft.Extensions.Logging;

namespace StreamKit.PostgreSql.Connections;

/// <summary>Tries again what met an error that passes.</summary>
/// <param name="database">The database.</param>
/// <param name="retryFor">How long such errors are waited out.</param>
/// <param name="clock">The clock of the job.</param>
/// <param name="logger">Is told of what is tried again.</param>
internal sealed class Attempts(Database database, TimeSpan retryFor, TimeProvider clock, ILogger logger)
{
    /// <summary>How long errors that pass are waited out from now on.</summary>
    public TimeSpan RetryFor { get; set; } = retryFor;

    /// <param name="once">What to do; done again, it has the same effect as once.</param>
    /// <param name="onFailure">Is called after each failure, before the next attempt.</param>
    /// <param name="cancellationToken">Ends the work and the waiting.</param>
    /// <exception cref="IOException">The database stayed away for longer than is waited.</exception>
    /// <exception cref="InvalidOperationException">The database refuses, and would refuse again.</exception>
    public async Task<TResult> RunAsync<TResult>(
        Func<CancellationToken, Task<TResult>> once, Func<Task> onFailure, CancellationToken cancellationToken)
    {
        var patience = new Patience(RetryFor, clock);
        while (true)
        {
            try
            {
                TResult result = await once(cancellationToken).ConfigureAwait(false);
                if (patience.WasTried)
                {
                    logger.Back(database.Name);
                }

                return result;
            }
            catch (Exception exception)
            {
                await onFailure().ConfigureAwait(false);
                if (cancellationToken.IsCancellationRequested)
                {
                    throw new OperationCanceledException(exception.Message, exception, cancellationToken);
                }

                if (!Failure.IsTransient(exception) || patience.Next() is not { } wait)
                {
                    if (Failure.Describe(database, exception) is { } described)
                    {
                        throw described;
                    }

                    throw;
                }

                logger.TriedAgain(database.Name, Failure.ReasonOf(exception), wait);
                await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
