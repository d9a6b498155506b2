using System.Globalization;

namespace StreamKit.Checkpointing;

/// <summary>What sets a session of a job apart from all others.</summary>
/// <param name="Epoch">One more than the session before had; for people to read.</param>
/// <param name="Token">
/// Drawn at random: should the count of sessions be lost, no two sessions take each other for themselves.
/// </param>
internal readonly record struct SessionMark(long Epoch, ulong Token)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Epoch}-{Token:x16}");
}
