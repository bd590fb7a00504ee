using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Web.Common;

namespace Orkestron.Web.Providers;

/// <summary>
/// Calls of other agents by remote orchestrators. They outlive no connection: the process makes them again on its next
/// one, and gets the recorded answers.
/// </summary>
internal sealed partial class ProviderCalls(IGrainFactory grains, TimeProvider clock, ILogger<ProviderCalls> logger)
{
    private const int MaxName = 101;
    private const int MaxFaults = 5;
    private static readonly TimeSpan MinWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <exception cref="HubException">The call is malformed, or one too many.</exception>
    public void Begin(ProviderConnection connection, StepTicket ticket, AgentCall call)
    {
        if (call is not
            {
                Key.Length: > 0 and <= ProviderMarks.MaxKey,
                Agent.Length: > 2 and <= MaxName,
                Input.ValueKind: not JsonValueKind.Undefined,
                Role: null or { Length: <= MaxName },
            }
            || !call.Agent.Contains('/', StringComparison.Ordinal))
        {
            throw new HubException("invalid: A call has a key, an agent (provider/name) and an input.");
        }

        var input = call.Input.ToSound();
        if (connection.EnterCall(ticket.Step, call.Key))
        {
            _ = RunAsync(connection, ticket, call, input);
        }
    }

    private async Task RunAsync(ProviderConnection connection, StepTicket ticket, AgentCall call, Payload input)
    {
        var wait = MinWait;
        var faults = 0;
        var step = new StepCall(ticket.Step.StepId, call.Key, call.Agent, input)
        {
            BudgetMicro = call.Budget?.Micro,
            Role = call.Role,
            Attempt = ticket.Step.Attempt,
        };
        while (!connection.Ended.IsCancellationRequested)
        {
            try
            {
                var result = await grains.Get<ITaskStepsGrain>(ticket.Step.TaskId).CallAgentAsync(step)
                    .WaitAsync(connection.Ended);
                wait = MinWait;
                if (result.Ended)
                {
                    await connection.EndCallAsync(ticket.Step, result.ToEnded(call));
                    return;
                }
            }
            catch (OperationCanceledException) when (connection.Ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is JsonException or FormatException or OverflowException && ++faults >= MaxFaults)
            {
                LogAgain(logger, fault);
                await connection.EndCallAsync(ticket.Step, new AgentCallEnded(
                    call.Ticket,
                    call.Key,
                    null,
                    new AgentFailure("value_invalid", "The platform could not read what the agent asks for."),
                    clock.GetUtcNow()));
                return;
            }
            catch (Exception fault)
            {
                // The task's silo was lost, or its store is down: the call has a key, so it is made once however often sent.
                LogAgain(logger, fault);
                await Task.Delay(wait, clock, CancellationToken.None);
                wait = wait * 2 < MaxWait ? wait * 2 : MaxWait;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "A provider's call of another agent met a fault; calling again.")]
    private static partial void LogAgain(ILogger logger, Exception fault);
}
