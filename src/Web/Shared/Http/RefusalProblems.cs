using Orkestron.Domain;

namespace Orkestron.Web.Shared.Http;

/// <summary>The kind of a problem on the wire.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">The code for programs.</param>
/// <param name="Title">A short title.</param>
internal readonly record struct ProblemKind(int Status, string Code, string Title)
{
    /// <summary>The only mapping from refusal codes to statuses, codes and titles.</summary>
    public static ProblemKind Of(RefusalCode code) => code switch
    {
        RefusalCode.Invalid => new(400, "invalid", "The request is not valid"),
        RefusalCode.InputInvalid => new(422, "input_invalid", "The input does not fit the agent's schema"),
        RefusalCode.NotFound => new(404, "not_found", "There is no such thing"),
        RefusalCode.Conflict => new(409, "conflict", "The id is already used for something else"),
        RefusalCode.InsufficientTokens => new(402, "insufficient_tokens", "There are not enough tokens"),
        RefusalCode.BudgetTooSmall => new(422, "budget_too_small", "The budget does not cover the price"),
        RefusalCode.TooLarge => new(413, "too_large", "The content is too large"),
        RefusalCode.TooMany => new(429, "too_many", "There are too many"),
        RefusalCode.Forbidden => new(403, "forbidden", "This is not allowed"),
        RefusalCode.EmailTaken => new(409, "email_taken", "The e-mail address has an account"),
        RefusalCode.BadCredentials => new(401, "bad_credentials", "E-mail address and password do not match"),
        RefusalCode.AgeRequired => new(422, "age_required", "You must be 18 or over"),
        RefusalCode.PolicyVersionStale => new(409, "policy_version_stale", "The privacy policy has changed"),
        RefusalCode.TaskEnded => new(409, "task_ended", "The task has ended"),
        RefusalCode.AgentNotFound => new(404, "agent_not_found", "There is no such agent"),
        RefusalCode.DeadlineInvalid => new(422, "deadline_invalid", "The deadline cannot be kept"),
        RefusalCode.Unavailable => new(503, "unavailable", "Not available now"),
        RefusalCode.ShareNotFound => new(404, "share_not_found", "The link does not work any more"),
        RefusalCode.ProviderTaken => new(409, "provider_taken", "The provider name belongs to someone else"),
        RefusalCode.ProviderReserved => new(403, "provider_reserved", "The provider name is reserved"),
        RefusalCode.VersionExists => new(409, "version_exists", "This version was published with another content"),
        RefusalCode.QuotaReached => new(413, "quota_reached", "Your storage is full"),
        RefusalCode.TaskRunning => new(409, "task_running", "The task has not ended"),
        RefusalCode.AgentVersionChanged => new(409, "agent_version_changed", "The agent has another version now"),
        RefusalCode.EndpointNotAllowed => new(422, "endpoint_not_allowed", "No endpoint may have this address"),
        RefusalCode.EndpointUnverified => new(409, "endpoint_unverified", "The endpoint has not proved to be yours"),
        RefusalCode.CallbackOver => new(410, "callback_over", "The step takes no more callbacks"),
        RefusalCode.OutputInvalid => new(422, "output_invalid", "The answer does not fit the agent's schema"),
        RefusalCode.ProofRequired => new(429, "proof_required", "A proof of work is needed"),
        RefusalCode.PriceChanged => new(409, "price_changed", "The price has changed"),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "A refusal code without a status."),
    };
}
