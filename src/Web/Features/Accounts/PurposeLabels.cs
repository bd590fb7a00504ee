using Orkestron.Domain.Consent;

namespace Orkestron.Web.Features.Accounts;

/// <summary>How the purposes of the policy are shown to people.</summary>
internal static class PurposeLabels
{
    public static (string Title, string Detail) Of(string purpose) => purpose switch
    {
        Purposes.Evaluate => ("Let results be evaluated", "Reviewer agents may score your tasks for quality, speed and efficiency."),
        Purposes.Improve => ("Let the platform learn", "Metrics of your tasks may be used to improve quality and reliability."),
        Purposes.Operate => ("Run the platform", "Accounts, sessions, security."),
        Purposes.ExecuteTasks => ("Carry out your tasks", "Agents receive your input, but not your identity."),
        Purposes.Payments => ("Keep the ledger", "What was on hold, paid and returned."),
        Purposes.PreventFraud => ("Prevent fraud and abuse", "Rate limits and checks."),
        Purposes.Legal => ("Comply with the law", "What the law requires to be kept, for as long as it requires."),
        _ => (purpose, ""),
    };
}
