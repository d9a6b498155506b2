namespace StreamKit.Operators;

/// <summary>A receiver that keeps something back for company, and gives it up when its subtask has to wait.</summary>
internal interface IHoldsBack
{
    void HandOver();
}
