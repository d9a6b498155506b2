// What a program below the comment "context: visits, counts" takes for granted.
WindowedStream<string, Visit> windowed = visits
    .KeyBy(v => v.Page)
    .Window(TimeWindows.Tumbling(TimeSpan.FromMinutes(1)));
DataStream<WindowResult<string, long>> counts = windowed.Count();
