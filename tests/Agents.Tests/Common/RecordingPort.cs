using System.Collections.Concurrent;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;
using Orkestron.Workflow;

namespace Orkestron.Agents.Tests.Common;

/// <summary>A task's record in memory: what was asked for is done once, however often the code runs; a run may be lost.</summary>
internal sealed class RecordingPort(Func<string, JsonElement, Task<JsonElement>> agents) : IStepPort
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DoneCall>> _calls = new();
    private readonly ConcurrentQueue<DoneCall> _done = new();
    private readonly ConcurrentDictionary<string, Recorded> _marks = new();
    private readonly ConcurrentDictionary<string, bool> _withdrawn = new();
    private int _asked;
    private long _time;

    /// <summary>After so many asks the run is lost; null for never.</summary>
    public int? LostAfter { get; set; }

    /// <summary>What the owner answers; null for nobody there.</summary>
    public JsonElement? Answer { get; set; }

    /// <summary>The calls that have ended, in that order.</summary>
    public IEnumerable<DoneCall> Done => _done.OrderBy(static call => call.At);

    /// <summary>A run of the code, over what is recorded.</summary>
    public StepContext Run(bool undoing = false)
    {
        _asked = 0;
        return new StepContext(
            new StepIdentity("t", "1", 1, DateTimeOffset.UnixEpoch, TimeProvider.System, TimeSpan.Zero) { Undoing = undoing }, this);
    }

    /// <summary>Whether the run that goes on was lost.</summary>
    public bool IsLost => Volatile.Read(ref _asked) > LostAfter;

    public bool IsScopeCanceled(string key) => _withdrawn.Keys.Any(prefix => key.StartsWith(prefix, StringComparison.Ordinal));

    public async Task<Recorded> CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken)
    {
        Ask();
        if (!_calls.TryGetValue(key, out var call))
        {
            if (IsScopeCanceled(key) && !UndoCommandIds.Has(key))
            {
                throw new AgentFailedException("Another branch of the race has won.") { Code = "call_withdrawn" };
            }

            call = new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_calls.TryAdd(key, call))
            {
                _ = DoAsync(key, agent, input.Clone(), call);
            }

            call = _calls[key];
        }

        var done = await call.Task.WaitAsync(cancellationToken);
        return done.Answer is { } value
            ? new Recorded(value, done.At)
            : throw new AgentFailedException(done.Fault!) { Code = "failed", At = done.At };
    }

    public Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken)
    {
        Ask();
        return Task.FromResult(new RecordedWait(_marks.GetOrAdd(key, _ => new Recorded(default, Tick())).At));
    }

    public Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken)
    {
        Ask();
        if (_marks.TryGetValue(key, out var known))
        {
            return Task.FromResult<Recorded?>(known);
        }

        if (IsScopeCanceled(key))
        {
            throw new AgentFailedException("Another branch of the race has won.") { Code = "call_withdrawn" };
        }

        return Task.FromResult<Recorded?>(Answer is { } answer ? _marks.GetOrAdd(key, _ => new Recorded(answer, Tick())) : null);
    }

    public Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken)
    {
        Ask();
        if (_calls.ContainsKey(key))
        {
            throw new AgentFailedException("Something else stands there.") { Code = "nondeterministic" };
        }

        return Task.FromResult<Recorded?>(
            value is { } given ? _marks.GetOrAdd(key, _ => new Recorded(given.Clone(), Tick()))
            : _marks.TryGetValue(key, out var known) ? known : null);
    }

    public Task CancelAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        Ask();
        _withdrawn[keyPrefix] = true;
        foreach (var (key, call) in _calls)
        {
            if (key.StartsWith(keyPrefix, StringComparison.Ordinal) && !UndoCommandIds.Has(key))
            {
                call.TrySetResult(new DoneCall(key, "", default, null, "The call was cancelled.", Tick()));
            }
        }

        return Task.CompletedTask;
    }

    /// <summary>What money was kept free for, by place.</summary>
    public ConcurrentDictionary<string, UndoTerms> Reserved { get; } = new();

    public Task ReserveUndoAsync(string key, UndoTerms terms, CancellationToken cancellationToken)
    {
        Ask();
        Reserved.TryAdd(key, terms);
        return Task.CompletedTask;
    }

    public void Progress(double? percent, string message)
    {
    }

    public void Write(string text)
    {
    }

    public Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> CreateArtifactAsync(string name, string mediaType, Stream content, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Recorded> SendAsync(
        string key, MessageTo to, string type, JsonElement payload,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<AgentMessage?> ReceiveAsync(string key, string? type, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private async Task DoAsync(string key, string agent, JsonElement input, TaskCompletionSource<DoneCall> call)
    {
        DoneCall done;
        try
        {
            var answer = await agents(agent, input);
            done = new DoneCall(key, agent, input, answer, null, Tick());
        }
        catch (AgentFailedException fault)
        {
            done = new DoneCall(key, agent, input, null, fault.Message, Tick());
        }

        if (call.TrySetResult(done))
        {
            _done.Enqueue(done);
        }
    }

    private void Ask()
    {
        if (Interlocked.Increment(ref _asked) > LostAfter)
        {
            throw new RunLostException();
        }
    }

    private DateTimeOffset Tick() => DateTimeOffset.UnixEpoch.AddSeconds(Interlocked.Increment(ref _time));
}

/// <summary>A call that has ended.</summary>
internal sealed record DoneCall(
    string Key, string Agent, JsonElement Input, JsonElement? Answer, string? Fault, DateTimeOffset At);

/// <summary>The process is gone.</summary>
internal sealed class RunLostException : Exception;
