using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// Calls of other agents that wait for their result; sent again on each new connection. The number of open calls stays
/// within the platform's limit. Refused calls are retried as long as their step runs.
/// </summary>
internal sealed class PendingCalls(HubLink link, ValueBatcher values)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly ConcurrentDictionary<(RunningStep Step, string Key), Waiting> _waiting = new();
    private readonly CallWindow _window = new();

    /// <summary>Sets the platform's limit of open calls; null when it states none.</summary>
    public void Limit(int? calls) => _window.Limit(calls ?? CallWindow.Usual);

    public async Task<Recorded> CallAsync(
        RunningStep step, string key, string agent, JsonElement input, CallOptions options, CancellationToken stop)
    {
        await _window.EnterAsync(step, stop).ConfigureAwait(false);
        try
        {
            var waiting = _waiting.GetOrAdd((step, key), _ => new Waiting(agent, input.Clone(), options));
            var ended = await EndAsync(step, key, waiting, stop).ConfigureAwait(false);
            return ended.Failure is { } failure
                ? throw new AgentFailedException(failure.Message) { Code = failure.Code }
                : new Recorded(ended.Output ?? Null, ended.At);
        }
        finally
        {
            _waiting.TryRemove((step, key), out _);
            _window.Leave(step);
        }
    }

    public void End(AgentCallEnded ended)
    {
        foreach (var ((step, key), waiting) in _waiting)
        {
            if (key == ended.Key && step.HasTicket(ended.Ticket))
            {
                waiting.Ended.TrySetResult(ended);
            }
        }
    }

    private async Task<AgentCallEnded> EndAsync(RunningStep step, string key, Waiting waiting, CancellationToken stop)
    {
        while (true)
        {
            // Read before the call is sent. A call that went over a later connection is sent twice, which is harmless.
            var lost = link.Lost;
            var (_, last) = await values.SendWithValuesAsync<object?>(
                step, ProviderHubNames.Call, carried => waiting.Call(step, key) with { Values = carried }, stop).ConfigureAwait(false);
            await Task.WhenAny(waiting.Ended.Task, lost).WaitAsync(stop).ConfigureAwait(false);
            if (waiting.Ended.Task.IsCompleted)
            {
                return Confirmed(step, await waiting.Ended.Task.ConfigureAwait(false), last);
            }
        }
    }

    private static AgentCallEnded Confirmed(RunningStep step, AgentCallEnded ended, long last)
    {
        // A failed call may not have recorded the values it carried: they are sent again with the next message.
        if (ended.Failure is null)
        {
            step.Values.Confirm(last);
        }
        else if (ended.Failure.Code == StepValuesResult.Superseded)
        {
            ValueBatcher.Supersede(step);
        }

        return ended;
    }

    private sealed record Waiting(string Agent, JsonElement Input, CallOptions Options)
    {
        public AgentCall Call(RunningStep step, string key) =>
            new(step.Ticket, key, Agent, Input, Options.Budget, Options.Role);

        public TaskCompletionSource<AgentCallEnded> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
