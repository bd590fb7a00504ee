using Orkestron.Contracts.Plans;
using Orkestron.Domain;

namespace Orkestron.Web.Features.Plans;

/// <summary>Tells what is wrong with a plan that was to be taken.</summary>
internal static class PlanProblems
{
    private const int MaxReported = 20;

    /// <param name="report">What a check found.</param>
    /// <param name="field">The request's field with the plan.</param>
    public static Refusal Of(PlanReport report, string field) => Refuse.With(
        RefusalCode.Invalid, $"The plan cannot be taken: {report.Faults[0].Message}") with
    {
        Errors = [.. report.Faults.Take(MaxReported).Select(fault => new FieldError($"/{field}{fault.Path}", Text(fault)))],
    };

    private static string Text(PlanFault fault) =>
        fault.Line is { } line ? $"Line {line}, column {fault.Column}: {fault.Message}" : fault.Message;
}
