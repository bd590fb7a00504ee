namespace Orkestron.Web.Features.OpenApi;

/// <summary>What answers mean, by status.</summary>
internal static class AnswerTexts
{
    private static readonly Dictionary<string, string> All = new()
    {
        ["200"] = "Done; this is how it stands.",
        ["201"] = "Made.",
        ["202"] = "Accepted and durable; it goes on by itself.",
        ["204"] = "Done; there is nothing more to say.",
        ["206"] = "The part asked for.",
        ["400"] = "The request cannot be read, or a value is of another kind: `errors` says where.",
        ["401"] = "Sign in, or send a valid API key.",
        ["402"] = "There are not enough tokens.",
        ["403"] = "This is not allowed to you or to your key.",
        ["404"] = "There is no such thing, or it belongs to someone else.",
        ["409"] = "It contradicts what is recorded already.",
        ["410"] = "The step takes no more of this.",
        ["413"] = "The content is too large.",
        ["415"] = "The body is of another type or character set.",
        ["422"] = "The request can be read, and cannot be taken: `detail` says why.",
        ["429"] = "Too many, or too fast: wait for the time in Retry-After.",
        ["503"] = "Not available now: send it again after the time in Retry-After.",
    };

    public static string? Of(string status) => All.GetValueOrDefault(status);
}
