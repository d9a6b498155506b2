using System.Text.Json;

namespace StreamKit.Twitter.Parsing;

/// <summary>Collects one problem: an entry of <c>errors</c>, or the top level of a problem body.</summary>
internal sealed class ProblemReader(ValueReader values)
{
    // Powerstream's heartbeat has the form of a problem without a title.
    private const string HeartbeatType = "connection_metadata";

    private static readonly NameMap<Field> s_names = new(
        ("title", Field.Title), ("detail", Field.Detail), ("message", Field.Detail), ("type", Field.Type),
        ("disconnect_type", Field.DisconnectType), ("connection_issue", Field.ConnectionIssue),
        ("resource_id", Field.ResourceId), ("resource_type", Field.ResourceType), ("code", Field.Code));

    private string? _title;
    private string? _detail;
    private string? _type;
    private string? _disconnectType;
    private string? _connectionIssue;
    private string? _resourceId;
    private string? _resourceType;
    private long? _code;

    private enum Field
    {
        None, Title, Detail, Type, DisconnectType, ConnectionIssue, ResourceId, ResourceType, Code,
    }

    /// <summary>Whether the top level of a line is a problem body.</summary>
    internal bool IsProblem => _title is not null && (_type ?? _detail) is not null;

    /// <summary>Whether the top level of a line is a heartbeat.</summary>
    internal bool IsHeartbeat => _type == HeartbeatType && _title is null;

    internal void Clear()
    {
        _title = _detail = _type = _disconnectType = _connectionIssue = _resourceId = _resourceType = null;
        _code = null;
    }

    /// <summary>Reads an array of problems.</summary>
    internal void ReadList(ref Utf8JsonReader reader, List<StreamProblem> problems)
    {
        problems.Clear();
        if (!values.IsArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!values.IsObject(ref reader))
            {
                continue;
            }

            Clear();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!TryReadField(ref reader))
                {
                    reader.Skip();
                }
            }

            problems.Add(Build());
        }
    }

    /// <summary>Reads one property with its value, if it is one of a problem.</summary>
    internal bool TryReadField(ref Utf8JsonReader reader)
    {
        Field field = s_names.Find(ref reader);
        if (field == Field.None)
        {
            return false;
        }

        reader.Read();
        switch (field)
        {
            case Field.Title: _title = values.Text(ref reader); break;
            case Field.Detail: _detail = values.Text(ref reader); break;
            case Field.Type: _type = values.Text(ref reader); break;
            case Field.DisconnectType: _disconnectType = values.Text(ref reader); break;
            case Field.ConnectionIssue: _connectionIssue = values.Text(ref reader); break;
            case Field.ResourceId: _resourceId = values.Text(ref reader); break;
            case Field.ResourceType: _resourceType = values.Text(ref reader); break;
            default: _code = values.Integer(ref reader); break;
        }

        return true;
    }

    internal StreamProblem Build() => new()
    {
        Title = _title,
        Detail = _detail,
        Type = _type,
        DisconnectType = _disconnectType,
        ConnectionIssue = _connectionIssue,
        ResourceId = _resourceId,
        ResourceType = _resourceType,
        Code = _code,
    };
}
