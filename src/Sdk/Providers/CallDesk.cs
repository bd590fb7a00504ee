using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Providers;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Providers;

/// <summary>
/// Calls of other agents that wait for their end; made again on each new connection. No more are open at once than the
/// platform takes; one that it refuses all the same waits and is sent again, as long as its step runs.
/// </summary>
internal sealed class CallDesk(HubLink link, ValueDesk values)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly ConcurrentDictionary<(RunningStep Step, string Key), Waiting> _waiting = new();
    private readonly CallWindow _window = new();

    /// <summary>How many calls the platform takes at once; null when it does not say.</summary>
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
            if (key == ended.Key && step.Knows(ended.Ticket))
            {
                waiting.Ended.TrySetResult(ended);
            }
        }
    }

    private async Task<AgentCallEnded> EndAsync(RunningStep step, string key, Waiting waiting, CancellationToken stop)
    {
        while (true)
        {
            // Taken before the call is sent: one that went over a later connection is sent once more, which does no harm.
            var lost = link.Lost;
            var (_, last) = await values.CarryAsync<object?>(
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
        // One that failed may not have come so far: what it carried is sent again with what follows.
        if (ended.Failure is null)
        {
            step.Values.Confirm(last);
        }
        else if (ended.Failure.Code == StepValuesResult.Superseded)
        {
            ValueDesk.Supersede(step);
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
