namespace StreamKit.Testing.Running;

/// <summary>Goes on with a chain that holds something back; a chain that never gives it up is an error.</summary>
internal static class Patience
{
    // A refusing output refuses twice for each batch; more tries than this mean that nothing moves any more.
    private const int MostTries = 10_000_000;

    public static void Until(Func<bool> resume)
    {
        for (int tries = 0; tries < MostTries; tries++)
        {
            if (resume())
            {
                return;
            }
        }

        throw new StreamTestException($"The pipeline was still blocked after it had been resumed {MostTries} times.");
    }
}
