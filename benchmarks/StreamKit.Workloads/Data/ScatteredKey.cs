namespace StreamKit.Workloads.Data;

/// <summary>
/// Turns 0, 1, 2 … into unique positive keys all over the range, so that no dense array can stand in for a table.
/// </summary>
internal static class ScatteredKey
{
    public static int Of(int index) => (int)((uint)(index + 1) * 2654435761u >> 1);
}
