using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Orchestration;
using Orkestron.Contracts.Providers;

namespace Orkestron.Sdk.Providers;

/// <summary>Calls of other agents that wait for their end; made again on each new connection.</summary>
internal sealed class CallDesk(HubLink link)
{
    private static readonly JsonElement Null = JsonSerializer.SerializeToElement<object?>(null);

    private readonly ConcurrentDictionary<(RunningStep Step, string Key), Waiting> _waiting = new();

    public async Task<Recorded> CallAsync(
        RunningStep step, string key, string agent, JsonElement input, CallOptions options, CancellationToken stop)
    {
        var waiting = _waiting.GetOrAdd((step, key), _ => new Waiting(agent, input.Clone(), options));
        try
        {
            await SendAsync(step, key, waiting, stop).ConfigureAwait(false);
            var ended = await waiting.Ended.Task.WaitAsync(stop).ConfigureAwait(false);
            return ended.Failure is { } failure
                ? throw new AgentFailedException(failure.Message) { Code = failure.Code }
                : new Recorded(ended.Output ?? Null, ended.At);
        }
        finally
        {
            _waiting.TryRemove((step, key), out _);
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

    /// <summary>A new connection stands: what waits is called again.</summary>
    public void SendAgain()
    {
        foreach (var ((step, key), waiting) in _waiting)
        {
            _ = link.TrySendAsync(ProviderHubNames.Call, waiting.Call(step, key));
        }
    }

    private Task<object?> SendAsync(RunningStep step, string key, Waiting waiting, CancellationToken stop) =>
        link.InvokeAsync<object?>(
            ProviderHubNames.Call, () => [waiting.Call(step, key)], stop);

    private sealed record Waiting(string Agent, JsonElement Input, CallOptions Options)
    {
        public AgentCall Call(RunningStep step, string key) =>
            new(step.Ticket, key, Agent, Input, Options.Budget, Options.Role);

        public TaskCompletionSource<AgentCallEnded> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
