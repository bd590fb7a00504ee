using Orkestron.Contracts.Plans;
using Orkestron.Domain;

namespace Orkestron.Web.Features.Plans;

/// <summary>Maps the faults of a plan to a refusal.</summary>
internal static class PlanProblems
{
    private const int MaxReported = 20;

    /// <param name="report">The result of the check.</param>
    /// <param name="field">The field of the request that holds the plan.</param>
    public static Refusal Of(PlanReport report, string field) => Refuse.With(
        RefusalCode.Invalid, $"The plan is not valid: {report.Faults[0].Message}") with
    {
        Errors = [.. report.Faults.Take(MaxReported).Select(fault => new FieldError($"/{field}{fault.Path}", Text(fault)))],
    };

    private static string Text(PlanFault fault) =>
        fault.Line is { } line ? $"Line {line}, column {fault.Column}: {fault.Message}" : fault.Message;
}
