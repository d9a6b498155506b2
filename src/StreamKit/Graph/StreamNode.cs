using StreamKit.Time;
using StreamKit.Windowing;

namespace StreamKit.Graph;

/// <summary>One step of the logical pipeline.</summary>
internal abstract class StreamNode(string kind, params IReadOnlyList<StreamNode> inputs)
{
    private readonly List<StreamNode> _consumers = [];

    /// <summary>The step's number in the order in which the pipeline was written.</summary>
    public int Id { get; set; }

    /// <summary>What the step does, in one word.</summary>
    public string Kind { get; } = kind;

    /// <summary>The name that the user gave; null where none was given.</summary>
    public string? GivenName { get; set; }

    public string Name => GivenName ?? $"{Kind}-{Id}";

    /// <summary>
    /// The step's name, or, where the user gave it none, that of the first step behind it that has one.
    /// </summary>
    /// <remarks>Numbers of steps change with every step that is put in before them.</remarks>
    public string StateName
    {
        get
        {
            StreamNode at = this;
            while (at.GivenName is null && at._consumers.Count > 0)
            {
                at = at._consumers[0];
            }

            return at.GivenName is null ? Name : at == this ? at.GivenName : $"{at.GivenName}<{Kind}";
        }
    }

    public IReadOnlyList<StreamNode> Inputs { get; } = inputs;

    /// <summary>The steps whose records or watermarks come here, those of a second output included.</summary>
    public virtual IReadOnlyList<StreamNode> Origins => Inputs;

    /// <summary>What the step says about event time, where it gives records theirs; null at every other.</summary>
    public virtual WatermarkOptions? TimeOptions => null;

    public IReadOnlyList<StreamNode> ConsumerNodes => _consumers;

    /// <summary>Whether records have event time after this step.</summary>
    public virtual bool HasEventTime => Inputs.Count > 0 && Inputs.All(static input => input.HasEventTime);

    /// <summary>
    /// The clock that timestamps after this step are read from; processing time as soon as one input has it, null where
    /// there are no timestamps.
    /// </summary>
    public virtual TimeDomain? Domain =>
        Inputs.Any(static input => input.Domain == TimeDomain.Processing) ? TimeDomain.Processing
        : HasEventTime ? TimeDomain.Event
        : null;

    /// <summary>Whether the step runs once on every lane, or just once.</summary>
    public virtual bool IsParallel => Inputs.Count > 0 && Inputs[0].IsParallel;

    /// <summary>Whether what this step emits begins a new subtask at whoever consumes it.</summary>
    public virtual bool IsExchange => false;

    /// <summary>
    /// The windows whose results flow here, where they do: it decides how results relate to each other.
    /// </summary>
    public virtual WindowOptions? Results => Inputs.Count == 1 ? Inputs[0].Results : null;

    /// <summary>The time zone whose rules decide where windows of this step begin; null where none does.</summary>
    public virtual TimeZoneInfo? Zone => null;

    /// <summary>The distance between the watermarks that matter to this step; 0: all; null: none does.</summary>
    public virtual long? WatermarkGranularity => null;

    /// <summary>Whether the step emits when windows close.</summary>
    public virtual bool ClosesWindows => false;

    public void AddConsumer(StreamNode node) => _consumers.Add(node);

    public void RemoveConsumer(StreamNode node) => _consumers.Remove(node);

    /// <summary>Says what is wrong with this step; each message says what to do.</summary>
    public virtual IEnumerable<string> Validate() => [];
}
