namespace Orkestron.Web.Features.OpenApi.Texts;

/// <summary>What parameters mean, by name and by where they stand.</summary>
internal static class ParameterTexts
{
    private static readonly Dictionary<string, string> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["after"] = "The `next` of the page before; left out for the first page.",
        ["limit"] = "The most items of the page, 1 to 100; 20 when left out.",
        ["provider"] = "The provider's name, 2 to 40 characters.",
        ["name"] = "The agent's name, 2 to 60 characters.",
        ["token"] = "The secret that is the right to this; opaque.",
        ["other"] = "The id of the second task.",
        ["purpose"] = "A purpose that needs consent: `evaluate` or `improve`.",
        ["q"] = "Words to look for, at most 200 characters.",
        ["skill"] = "Only agents with this skill.",
        ["kind"] = "Only agents of this kind: `worker`, `orchestrator` or `reviewer`.",
        ["maxPrice"] = "Only agents whose price for a call is at most so many tokens, for instance `0.25`.",
        ["sort"] = "`relevance`, `name`, `price` or `newest`.",
        ["state"] = "Only tasks in this state, for instance `completed`.",
        ["agent"] = "Only tasks of this agent: provider and name.",
        ["wait"] = "Seconds to wait for the end, 0 to 60.",
        ["stepsAfter"] = "The `stepsNext` of the page before; left out for the first steps.",
        ["stepsLimit"] = "The most steps in the answer, 1 to 1,000; 200 when left out.",
        ["step"] = "The step's number, from 1.",
        ["window"] = "`1h`, `24h` (when left out), `7d` or `30d`.",
        ["perDay"] = "Runs per day to estimate with; as many as lately when left out.",
        ["inputBytes"] = "The size of an input in bytes to estimate with; as lately when left out.",
        ["outcome"] = "Only runs that ended so: `succeeded`, `failed`, or a failure's code.",
        ["version"] = "Only runs of this version.",
    };

    public static string Of(string name, string path, bool inQuery) => (name, path) switch
    {
        ("id", var at) when at.StartsWith("/tasks", StringComparison.Ordinal) => "The task's id.",
        ("id", var at) when at.Contains("/artifacts", StringComparison.Ordinal) => "The file's id.",
        ("id", var at) when at.Contains("/keys", StringComparison.Ordinal) => "The key's id.",
        ("id", var at) when at.Contains("/endpoints", StringComparison.Ordinal) => "The endpoint's id, as the list tells it.",
        ("after", "/tasks/{id}/events") => "The sequence of the last event you have; 0 for all. `Last-Event-ID` wins over it.",
        ("limit", "/tasks/{id}/events") => "The most events of a page, 1 to 500; 200 when left out.",
        ("limit", "/tasks/{id}/disclosures") => "The most items of the page, 1 to 500; 500 when left out.",
        ("limit", "/tasks/{id}/ledger") => "The most entries of the page, 1 to 100; 100 when left out.",
        ("name", _) when inQuery => "The file's name, at most 300 characters.",
        _ => ByName.GetValueOrDefault(name, $"The {name}."),
    };
}
