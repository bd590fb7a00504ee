using Orkestron.Domain.Consent;

namespace Orkestron.Web.Features.Accounts;

/// <summary>The purposes of the policy, in words.</summary>
internal static class PurposeLabels
{
    public static (string Title, string Detail) Of(string purpose) => purpose switch
    {
        Purposes.Evaluate => ("Let results be evaluated", "Reviewer agents may score your tasks for quality, speed and efficiency."),
        Purposes.Improve => ("Let the platform learn", "Figures of your tasks may be used to improve quality and reliability."),
        Purposes.Operate => ("Run the platform", "Accounts, sessions, security."),
        Purposes.ExecuteTasks => ("Carry out your tasks", "Agents get the input you hand them, and nothing of who you are."),
        Purposes.Payments => ("Keep the ledger", "What was on hold, what was paid and what came back."),
        Purposes.PreventFraud => ("Prevent fraud and abuse", "Limits and checks."),
        Purposes.Legal => ("Obey the law", "What must be kept, as long as it must be."),
        _ => (purpose, ""),
    };
}
