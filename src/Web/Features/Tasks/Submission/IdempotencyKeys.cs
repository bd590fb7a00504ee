using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Submission;

/// <summary>Reads the header <c>Idempotency-Key</c>.</summary>
internal static class IdempotencyKeys
{
    public const string Header = "Idempotency-Key";

    /// <summary>Checks the header; the key is null when the header is missing.</summary>
    public static FieldChecks IdempotencyKey(this FieldChecks checks, HttpContext context, out string? key)
    {
        var values = context.Request.Headers[Header];
        key = values.Count == 0 ? null : values.ToString();
        return checks.That(
            Header,
            key is null || (values.Count == 1 && key.Length is >= 1 and <= TaskSubmissions.MaxKeyLength
                && key.All(static each => each is >= ' ' and <= '~')),
            $"Send one key of 1 to {TaskSubmissions.MaxKeyLength} ASCII characters without control characters, for instance a UUID.");
    }
}
