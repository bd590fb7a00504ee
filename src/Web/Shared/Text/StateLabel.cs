using Orkestron.Domain.Tasks;

namespace Orkestron.Web.Shared.Text;

/// <summary>How a state is shown to people: the same text and colour on every page. Pure.</summary>
/// <param name="Text">The text, for instance <c>Needs your answer</c>.</param>
/// <param name="Tone"><c>good</c>, <c>bad</c>, <c>wait</c> (something is needed), <c>busy</c> (somebody works) or <c>off</c>.</param>
internal sealed record StateLabel(string Text, string Tone)
{
    public const string Queued = "queued";
    public const string Working = "working";
    public const string Asking = "input-required";
    public const string Away = "away";
    public const string Retrying = "retrying";
    public const string Waiting = "paused";
    public const string Finished = "completed";
    public const string Failed = "failed";
    public const string Stopped = "canceled";

    /// <param name="state">A state of a task or a step as the API writes it, or one of the constants here.</param>
    public static StateLabel Of(string state) => state switch
    {
        "submitted" or "requested" or "waiting" or Queued => new("Queued", "off"),
        Working => new("Working", "busy"),
        Asking => new("Needs your answer", "wait"),
        "auth-required" => new("Needs your sign-in", "wait"),
        Away => new("Provider away", "wait"),
        Retrying => new("Trying again", "wait"),
        Waiting => new("Waiting", "wait"),
        Finished => new("Finished", "good"),
        Failed or "rejected" => new("Failed", "bad"),
        Stopped => new("Stopped", "off"),
        _ => new(state, "off"),
    };

    /// <summary>The state to show for a task or step with this wait.</summary>
    public static string Of(WaitView wait) => wait.Kind switch
    {
        WaitKinds.Provider => Away,
        WaitKinds.Queue => Queued,
        WaitKinds.Answer => Asking,
        WaitKinds.Retry => Retrying,
        _ => Waiting,
    };
}
