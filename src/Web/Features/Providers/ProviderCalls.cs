using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Faults;

namespace Orkestron.Web.Features.Providers;

/// <summary>
/// Calls of other agents by remote orchestrators. A call does not outlive its connection: the process makes it again on the
/// next one and receives the recorded answer.
/// </summary>
internal sealed class ProviderCalls(
    IGrainFactory grains, ProviderValues values, GrainRetry retry, TimeProvider clock, IOptions<ProviderHubOptions> options)
{
    private const int MaxName = 101;

    /// <summary>Starts a call. Does nothing when the connection already waits for it.</summary>
    /// <exception cref="HubException">The call is malformed, or the connection has too many open calls (<c>too_many</c>, to be
    /// sent again later).</exception>
    public void Begin(ProviderConnection connection, StepTicket ticket, AgentCall call)
    {
        if (!TryBegin(connection, ticket, call))
        {
            throw new HubException($"too_many: {TooMany}");
        }
    }

    /// <summary>As <see cref="Begin"/>, for a sender that receives no error: a call beyond the limit fails.</summary>
    public async Task BeginOrFailAsync(ProviderConnection connection, StepTicket ticket, AgentCall call)
    {
        if (!TryBegin(connection, ticket, call))
        {
            await connection.SendCallEndedAsync(Failed(call, new AgentFailure("too_many", TooMany, Retryable: true)));
        }
    }

    private string TooMany =>
        $"The connection has reached its limit of open calls of other agents ({options.Value.MaxCalls:N0}, or "
        + $"{options.Value.MaxCallBytes:N0} bytes of input). Send the call again when one of them has ended.";

    private bool TryBegin(ProviderConnection connection, StepTicket ticket, AgentCall call)
    {
        if (call is not
            {
                Key.Length: > 0 and <= ProviderHistory.MaxKey,
                Agent.Length: > 2 and <= MaxName,
                Input.ValueKind: not JsonValueKind.Undefined,
                Role: null or { Length: <= MaxName },
            }
            || !call.Agent.Contains('/', StringComparison.Ordinal))
        {
            throw new HubException("invalid: A call has a key, an agent (provider/name) and an input.");
        }

        var input = call.Input.ToValidPayload();
        var brings = values.OfCall(call.Values);
        var (entry, unwanted) = connection.EnterCall(ticket.Step, call.Key, input.Length);
        if (entry == CallEntry.Entered)
        {
            // Frees the parsed JSON, which takes as much memory again.
            RunAsync(connection, ticket, call with { Input = default, Values = null }, input, brings, unwanted).Ignore();
        }

        return entry != CallEntry.TooMany;
    }

    private async Task RunAsync(
        ProviderConnection connection,
        StepTicket ticket,
        AgentCall call,
        Payload input,
        ImmutableArray<RunValue> brings,
        CancellationToken unwanted)
    {
        AgentCallEnded ended;
        try
        {
            ended = await EndAsync(ticket, call, input, brings, unwanted);
        }
        catch (OperationCanceledException)
        {
            // The connection has ended, or no longer holds the step.
            return;
        }
        catch (AgentFailedException failed)
        {
            ended = Failed(call, new AgentFailure(failed.Code, failed.Message, failed.Retryable));
        }

        await connection.EndCallAsync(ticket.Step, ended);
    }

    private async Task<AgentCallEnded> EndAsync(
        StepTicket ticket, AgentCall call, Payload input, ImmutableArray<RunValue> brings, CancellationToken unwanted)
    {
        var step = new StepCall(ticket.Step.StepId, call.Key, call.Agent, input)
        {
            BudgetMicro = call.Budget?.Micro,
            Role = call.Role,
            Attempt = ticket.Step.Attempt,
            Values = brings,
        };
        while (true)
        {
            unwanted.ThrowIfCancellationRequested();
            var result = await retry.SendAsync(
                () => grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).CallAgentAsync(step), unwanted);
            if (result.Ended)
            {
                return result.ToEnded(call);
            }
        }
    }

    private AgentCallEnded Failed(AgentCall call, AgentFailure failure) =>
        new(call.Ticket, call.Key, null, failure, clock.GetUtcNow());
}
