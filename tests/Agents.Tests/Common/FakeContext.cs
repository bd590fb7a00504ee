using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;
using Orkestron.Workflow;

namespace Orkestron.Agents.Tests.Common;

/// <summary>Records what an agent tells, and runs the agents it calls.</summary>
internal sealed class FakeContext : IAgentContext, IStepPort
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly Dictionary<string, IAgent> _agents;
    private readonly StepContext _inner;

    private readonly Lock _lock = new();
    private readonly StringBuilder _written = new();

    public FakeContext(params IEnumerable<IAgent> agents)
    {
        _agents = agents.ToDictionary(a => $"{a.Card.Provider}/{a.Card.Name}");
        _inner = new StepContext(
            new StepIdentity("task-1", "step-1", 1, DateTimeOffset.UnixEpoch, TimeProvider.System, TimeSpan.Zero), this);
    }

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

    /// <summary>What the user answers first, one after the other; then <see cref="Answer"/>.</summary>
    public Queue<JsonElement> Answers { get; } = new();

    /// <summary>What the user was asked.</summary>
    public List<UserQuestion> Questions { get; } = [];

    /// <summary>What was called off.</summary>
    public List<string> CalledOff { get; } = [];

    /// <summary>Records a value before the agent runs, as a run before this one did.</summary>
    public void Record(string key, JsonElement value) => _values[key] = value;

    /// <summary>What the user answers; null for nobody there.</summary>
    public JsonElement? Answer { get; init; } = JsonSerializer.SerializeToElement(new { decision = "approve" });

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

    public DateTimeOffset Now => _inner.Now;

    public Guid NewId() => _inner.NewId();

    public Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken) =>
        _inner.CallAgentAsync(agent, input, cancellationToken);

    public Task<JsonElement> CallAgentAsync(
        string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken) =>
        _inner.CallAgentAsync(agent, input, options, cancellationToken);

    /// <summary>Files that the agent may open, by reference.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken) =>
        Files.TryGetValue(reference, out var content)
            ? Task.FromResult(new AgentArtifact("file.csv", "text/csv", content.Length, new MemoryStream(content)))
            : throw new AgentFailedException("There is no such file.") { Code = "artifact_not_found" };

    public async Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await content.CopyToAsync(whole, cancellationToken);
        var reference = ArtifactReference.Of(Guid.NewGuid());
        Files[reference] = whole.ToArray();
        return reference;
    }

    public Task SendAsync(MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken) =>
        _inner.SendAsync(to, type, payload, cancellationToken);

    public Task<AgentMessage> ReceiveAsync(string? type, CancellationToken cancellationToken) =>
        _inner.ReceiveAsync(type, cancellationToken);

    public Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken) => _inner.SleepAsync(delay, cancellationToken);

    public Task<JsonElement> AskUserAsync(UserQuestion question, CancellationToken cancellationToken) =>
        _inner.AskUserAsync(question, cancellationToken);

    public Task<JsonElement> SideEffectAsync(
        Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken) =>
        _inner.SideEffectAsync(effect, cancellationToken);

    public Task<T[]> WhenAllAsync<T>(
        IReadOnlyList<Func<IAgentContext, Task<T>>> branches, int atMost, CancellationToken cancellationToken) =>
        _inner.WhenAllAsync(branches, atMost, cancellationToken);

    public Task<T> RaceAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches, CancellationToken cancellationToken) =>
        _inner.RaceAsync(branches, cancellationToken);

    Task<RecordedWait> IStepPort.WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken) =>
        Task.FromResult(new RecordedWait(DateTimeOffset.UnixEpoch + delay));

    Task<Recorded?> IStepPort.AskAsync(string key, UserQuestion question, CancellationToken cancellationToken) =>
        Task.FromResult<Recorded?>(Said(question) is { } answer ? new Recorded(answer, DateTimeOffset.UnixEpoch) : null);

    Task<Recorded?> IStepPort.ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken)
    {
        if (value is { } given)
        {
            _values.TryAdd(key, given);
        }

        return Task.FromResult<Recorded?>(
            _values.TryGetValue(key, out var known) ? new Recorded(known, DateTimeOffset.UnixEpoch) : null);
    }

    Task<Recorded> IStepPort.SendAsync(
        string key, MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken) =>
        Task.FromResult(new Recorded(JsonSerializer.SerializeToElement($"1:{key}"), DateTimeOffset.UnixEpoch));

    Task<AgentMessage?> IStepPort.ReceiveAsync(string key, string? type, CancellationToken cancellationToken) =>
        Task.FromResult<AgentMessage?>(null);

    Task IStepPort.CancelAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        CalledOff.Add(keyPrefix);
        return Task.CompletedTask;
    }

    private JsonElement? Said(UserQuestion question)
    {
        Questions.Add(question);
        return Answers.TryDequeue(out var answer) ? answer : Answer;
    }

    async Task<Recorded> IStepPort.CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken)
    {
        var before = Calls.Count;
        Calls.Enqueue(agent);
        if (Fail(agent, before) is { } fault)
        {
            throw fault;
        }

        var called = _agents[agent];
        SchemaAssert.MustFit(called.Card.InputSchema, input, agent + " input");
        return new Recorded(await called.RunAsync(input, this, cancellationToken), DateTimeOffset.UnixEpoch);
    }
}
