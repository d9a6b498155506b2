namespace StreamKit.Operators;

/// <summary>A window operator whose windows end at instants that its records decide.</summary>
internal interface IHasDueWindows
{
    /// <summary>
    /// The first instant at which an open window may end; sooner is allowed, later is not. <see cref="long.MaxValue"/>:
    /// none is open, or the assigner alone decides when windows end.
    /// </summary>
    long NextDue { get; }
}
