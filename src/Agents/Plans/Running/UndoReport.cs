using System.Text.Json;
using Orkestron.Agents.Common;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Plans.Running;

/// <summary>What was undone of a plan and what was not, for people.</summary>
internal sealed class UndoReport
{
    private const int MaxCause = 1_200;
    private const int MaxReason = 200;
    private const int MaxNamed = 20;

    private readonly List<string> _undone = [];
    private readonly List<(string Id, string Reason)> _left = [];

    public bool Nothing => _undone.Count == 0 && _left.Count == 0;

    public bool Whole => _left.Count == 0;

    public void Add(string id) => _undone.Add(id);

    public void Fail(string id, string reason) => _left.Add((id, Short(reason, MaxReason)));

    /// <summary>Adds the report of a plan that this one called, in the form of <see cref="ToJson"/>.</summary>
    public void Add(JsonElement told, string id)
    {
        if (told.ValueKind == JsonValueKind.Object && told.TryGetProperty("undone", out var undone)
            && told.TryGetProperty("notUndone", out var left))
        {
            _undone.AddRange(undone.EnumerateArray().Select(each => $"{id}/{each.GetString()}"));
            _left.AddRange(left.EnumerateArray().Select(each =>
                ($"{id}/{each.GetProperty("id").GetString()}", each.GetProperty("reason").GetString() ?? "")));
        }
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(new
    {
        message = Sentence(),
        undone = _undone,
        notUndone = _left.Select(static each => new { id = each.Id, reason = each.Reason }),
    });

    /// <summary>The cause, with the report added to its message.</summary>
    public Exception With(Exception cause)
    {
        var why = Short(cause.Message, MaxCause).TrimEnd();
        var message = $"{why}{(why.Length > 0 && char.IsPunctuation(why[^1]) && why[^1] is not ')' ? "" : ".")} {Sentence()}";
        return cause switch
        {
            AgentRefusedException refused => new AgentRefusedException(message, cause) { Code = refused.Code },
            AgentFailedException failed => new AgentFailedException(message, cause)
            {
                Code = failed.Code,
                At = failed.At,
            },
            _ => cause,
        };
    }

    /// <summary>For instance: Undone: pay, book. Could not be undone: flight (The airline is closed).</summary>
    public string Sentence()
    {
        var parts = new List<string>();
        if (_undone.Count > 0)
        {
            parts.Add($"Undone: {List(_undone)}.");
        }

        if (_left.Count > 0)
        {
            parts.Add($"Could not be undone: {List([.. _left.Select(static each => $"{each.Id} ({each.Reason.TrimEnd('.', ' ')})")])}.");
        }

        return string.Join(' ', parts);
    }

    private static string List(List<string> items) =>
        string.Join(", ", items.Take(MaxNamed)) + (items.Count > MaxNamed ? $" and {items.Count - MaxNamed} more" : "");

    private static string Short(string text, int most) => text.Length <= most ? text : TextCut.Head(text, most) + "...";
}
