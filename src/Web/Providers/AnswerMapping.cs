using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts;
using Orkestron.Contracts.Orchestration;
using Orkestron.Contracts.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Orchestration;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Common;

namespace Orkestron.Web.Providers;

/// <summary>What a process answers, as grains take it. Hostile: bounded here, checked against the schema there.</summary>
internal static partial class AnswerMapping
{
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromHours(1);
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    public static StepHandedIn ToAnswered(this StepAnswer answer, StepTicket ticket, int maxOutputBytes)
    {
        if (answer.Failure is { } failure)
        {
            return new StepHandedIn(ticket.Step, ticket.HandedAt, null, failure.ToStepFailure());
        }

        if (answer.Suspended)
        {
            return new StepHandedIn(ticket.Step, ticket.HandedAt, null, null);
        }

        var answered = answer.Output ?? Null;
        if (JsonText.Find(answered) is { } fault)
        {
            return new StepHandedIn(
                ticket.Step, ticket.HandedAt, null, new StepFailure("output_invalid", fault.OfAnAnswer, false, false, null));
        }

        var output = answered.ToPayload();
        return output.Length <= maxOutputBytes
            ? new StepHandedIn(ticket.Step, ticket.HandedAt, output, null)
            {
                // Only to the agent's own good, and read with care: what is too long is as good as not told.
                Asked = answer.Asked is { Length: <= AskedPlaces.MaxLength } asked ? asked : null,
            }
            : new StepHandedIn(ticket.Step, ticket.HandedAt, null, new StepFailure(
                "output_too_large", $"The agent's answer has more than {maxOutputBytes:N0} bytes.", false, false, null));
    }

    /// <summary>What a step asks or sends, as grains take it.</summary>
    /// <exception cref="HubException">There is half of a surrogate pair in it.</exception>
    public static Payload ToSound(this JsonElement content) => JsonText.Find(content) is { } fault
        ? throw new HubException($"invalid: In '{fault.Pointer}': {fault.Sentence}")
        : content.ToPayload();

    public static AgentCallEnded ToEnded(this StepCallResult result, AgentCall call) => new(
        call.Ticket,
        call.Key,
        result.Output?.ToElement(),
        result.Failure?.ToAgentFailure(),
        result.At);

    public static StepMarkResult ToMarkResult(this MarkResult result) =>
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
