using System.Globalization;

namespace StreamKit.Runtime;

/// <summary>Which subtask of a job it is.</summary>
/// <param name="Name">The name of its stage, for people.</param>
/// <param name="Stage">The name of its stage that stays the same when the pipeline is changed elsewhere.</param>
/// <param name="Lane">Which of the parallel subtasks of the stage it is, from 0.</param>
/// <param name="Lanes">How many there are.</param>
internal sealed record SubtaskId(string Name, string Stage, int Lane, int Lanes)
{
    /// <summary>The subtask's name among all of the job.</summary>
    public string Address { get; } = string.Create(CultureInfo.InvariantCulture, $"{Stage}/{Lane}");
}
