using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;
using Orkestron.Workflow;

namespace Orkestron.Web.Features.Providers;

/// <summary>Maps messages of processes to commands of grains. Their content is hostile: it is bounded here and checked against
/// the schema by the grain.</summary>
internal static partial class AnswerMapping
{
    private const string Invalid = "output_invalid";
    private const string TooLarge = "output_too_large";

    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    public static StepRunResult ToResult(this StepAnswer answer, StepTicket ticket, int maxOutputBytes)
    {
        if (answer.Failure is { } failure)
        {
            return new StepRunResult(ticket.Step, ticket.HandedAt, null, failure.ToStepFailure());
        }

        if (answer.Suspended)
        {
            return new StepRunResult(ticket.Step, ticket.HandedAt, null, null);
        }

        var answered = answer.Output ?? Null;
        if (JsonForm.Fault(answered) is { } fault)
        {
            return new StepRunResult(ticket.Step, ticket.HandedAt, null, new StepFailure(
                Invalid, $"The agent's answer cannot be taken: {fault}", false, false, null));
        }

        var output = answered.ToPayload();
        return output.Length <= maxOutputBytes
            ? new StepRunResult(ticket.Step, ticket.HandedAt, output, null)
            {
                // Optional and for the agent's own benefit: a value that is too long is ignored.
                Asked = answer.Asked is { Length: <= CommandTrace.MaxLength } asked ? asked : null,
            }
            : new StepRunResult(ticket.Step, ticket.HandedAt, null, new StepFailure(
                TooLarge, $"The agent's answer has more than {maxOutputBytes:N0} bytes.", false, false, null));
    }

    /// <summary>The content of a call or a message as a payload.</summary>
    /// <exception cref="HubException">It has an unpaired surrogate.</exception>
    public static Payload ToValidPayload(this JsonElement content) => JsonForm.Fault(content) is { } fault
        ? throw new HubException($"invalid: {fault}")
        : content.ToPayload();

    /// <summary>Why an answer was rejected, for the process that sent it; null when it was accepted.</summary>
    public static AgentFailure? ToRefusal(this StepRunResult taken) =>
        taken.Failure is { Code: Invalid or TooLarge } failure ? failure.ToAgentFailure() : null;

    public static AgentCallEnded ToEnded(this StepCallResult result, AgentCall call) => new(
        call.Ticket,
        call.Key,
        result.Output?.ToElement(),
        result.Failure?.ToAgentFailure(),
        result.At);

    public static StepHistoryResult ToHistoryResult(this HistoryResult result) =>
        new(result.At, result.Value?.ToElement(), result.Failure?.ToAgentFailure());

    public static AgentFailure ToAgentFailure(this StepFailure failure) =>
        new(failure.Code, failure.Message, failure.Retryable, failure.Refused, failure.RetryAfter?.TotalSeconds);

    private static StepFailure ToStepFailure(this AgentFailure failure) => new(
        failure.Code is { } code && Code().IsMatch(code) ? code : "agent_failed",
        string.IsNullOrWhiteSpace(failure.Message)
            ? "The agent failed and did not say why."
            : StepFailure.Cut(failure.Message),
        failure.Retryable && !failure.Refused,
        failure.Refused,
        failure.RetryAfterSeconds is { } seconds && seconds >= 0
            ? TimeSpan.FromSeconds(Math.Min(seconds, MaxRetryAfter.TotalSeconds))
            : null);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,59}$", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
