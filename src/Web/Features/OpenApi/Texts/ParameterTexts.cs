namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>Descriptions of parameters, by name and path.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["after"] = "The `next` of the previous page; omit it for the first page.",
        ["limit"] = "The maximum number of items, 1 to 100. The default is 20.",
        ["provider"] = "The provider's name, 2 to 40 characters.",
        ["name"] = "The agent's name, 2 to 60 characters.",
        ["token"] = "The secret that authorizes the request; opaque.",
        ["other"] = "The id of the second task.",
        ["purpose"] = "A purpose that needs consent: `evaluate` or `improve`.",
        ["q"] = "Text to search for, at most 200 characters.",
        ["skill"] = "Only agents with this skill.",
        ["kind"] = "Only agents of this kind: `worker`, `orchestrator` or `reviewer`.",
        ["maxPrice"] = "Only agents whose price per run is at most this many tokens, for instance `0.25`.",
        ["sort"] = "`relevance`, `name`, `price` or `newest`.",
        ["state"] = "Only tasks in this state, for instance `completed`.",
        ["agent"] = "Only tasks of this agent: provider and name.",
        ["wait"] = "Seconds to wait for the end, 0 to 60.",
        ["stepsAfter"] = "The `stepsNext` of the previous page; omit it for the first steps.",
        ["stepsLimit"] = "The maximum number of steps, 1 to 1,000. The default is 200.",
        ["step"] = "The step's number, from 1.",
        ["window"] = "`1h`, `24h` (the default), `7d` or `30d`.",
        ["perDay"] = "Runs per day to estimate with. The default is the recent number.",
        ["inputBytes"] = "The size of the input in bytes to estimate with. The default is the recent size.",
        ["outcome"] = "Only runs with this outcome: `succeeded`, `failed`, or the code of a failure.",
        ["version"] = "Only runs of this version.",
    };

    public static string Of(string name, string path, bool inQuery) => (name, path) switch
    {
        ("id", var at) when at.StartsWith("/tasks", StringComparison.Ordinal) => "The task's id.",
        ("id", var at) when at.Contains("/artifacts", StringComparison.Ordinal) => "The file's id.",
        ("id", var at) when at.Contains("/keys", StringComparison.Ordinal) => "The key's id.",
        ("id", var at) when at.Contains("/endpoints", StringComparison.Ordinal) => "The endpoint's id, as in the list.",
        ("after", "/tasks/{id}/events") => "The sequence of the last event received; 0 for all. `Last-Event-ID` takes precedence.",
        ("limit", "/tasks/{id}/events") => "The maximum number of events, 1 to 500. The default is 200.",
        ("limit", "/tasks/{id}/disclosures") => "The maximum number of items, 1 to 500. The default is 500.",
        ("limit", "/tasks/{id}/ledger") => "The maximum number of entries, 1 to 100. The default is 100.",
        ("name", _) when inQuery => "The file's name, at most 300 characters.",
        _ => ByName.GetValueOrDefault(name, $"The {name}."),
    };
}
