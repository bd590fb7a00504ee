namespace Orkestron.Web.Features.OpenApi;

/// <summary>Descriptions of responses, by status.</summary>
internal static class AnswerTexts
{
    private static readonly Dictionary<string, string> All = new()
    {
        ["200"] = "Done. The body is the current state.",
        ["201"] = "Created.",
        ["202"] = "Accepted and durable. The work continues in the background.",
        ["204"] = "Done. There is no body.",
        ["206"] = "The requested range.",
        ["400"] = "The request cannot be read, or a value is not valid; `errors` says where.",
        ["401"] = "Sign in, or send a valid API key.",
        ["402"] = "There are not enough tokens.",
        ["403"] = "You or your API key may not do this.",
        ["404"] = "It does not exist, or it belongs to someone else.",
        ["409"] = "The request conflicts with the current state.",
        ["410"] = "The step accepts no more callbacks.",
        ["413"] = "The content is too large.",
        ["415"] = "The body has another content type or character set.",
        ["422"] = "The request is well-formed but cannot be accepted; `detail` says why.",
        ["429"] = "Too many requests or items: wait for the time in Retry-After.",
        ["503"] = "Not available now: repeat the request after the time in Retry-After.",
    };

    public static string? Of(string status) => All.GetValueOrDefault(status);
}
