using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;

namespace Orkestron.Agents.Tests.Common;

/// <summary>Records what an agent tells, and runs the agents it calls.</summary>
internal sealed class FakeContext(params IEnumerable<IAgent> agents) : IAgentContext
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _written = new();
    private readonly Dictionary<string, IAgent> _agents = agents.ToDictionary(a => $"{a.Card.Provider}/{a.Card.Name}");

    public ConcurrentQueue<(double? Percent, string Message)> Told { get; } = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Decides whether a call fails; given the agent and the number of calls before it.</summary>
    public Func<string, int, Exception?> Fail { get; init; } = (_, _) => null;

    public string TaskId => "task-1";

    public string StepId => "step-1";

    public int Attempt => 1;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Written
    {
        get
        {
            lock (_lock)
            {
                return _written.ToString();
            }
        }
    }

    public Action<string> OnWrite { get; init; } = _ => { };

    public Action<string> OnProgress { get; init; } = _ => { };

    public void Progress(double? percent, string message)
    {
        Told.Enqueue((percent, message));
        OnProgress(message);
    }

    public void Write(string text)
    {
        lock (_lock)
        {
            _written.Append(text);
        }

        OnWrite(text);
    }

    public async Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken)
    {
        var before = Calls.Count;
        Calls.Enqueue(agent);
        if (Fail(agent, before) is { } fault)
        {
            throw fault;
        }

        var called = _agents[agent];
        Schemas.MustFit(called.Card.InputSchema, input, agent + " input");
        return await called.RunAsync(input, this, cancellationToken);
    }
}
