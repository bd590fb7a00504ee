using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Workflow;

namespace Orkestron.Sdk.Testing;

/// <summary>A task in memory.</summary>
internal sealed partial class TestPort(TimeProvider clock) : IStepPort
{
    private readonly ConcurrentDictionary<string, Recorded> _recorded = new(StringComparer.Ordinal);
    private readonly List<TestCall> _calls = [];
    private readonly List<string> _withdrawn = [];
    private readonly Lock _lock = new();
    private RunRecording _recording = new();

    public Dictionary<string, Func<JsonElement, Task<JsonElement>>> Agents { get; } = new(StringComparer.Ordinal);

    public ConcurrentQueue<JsonElement> Answers { get; } = new();

    public IReadOnlyList<TestCall> Calls
    {
        get
        {
            lock (_lock)
            {
                return [.. _calls];
            }
        }
    }

    public RunRecording Begin() => _recording = new RunRecording();

    public void Progress(double? percent, string message) => _recording.Add(percent, message);

    public void Write(string text) => _recording.Add(text);

    public async Task<Recorded> CallAsync(
        string key, string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken)
    {
        if (_recorded.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!Agents.TryGetValue(agent, out var answer))
        {
            throw new AgentFailedException($"The test answers no calls of {agent}: use Answering.") { Code = "agent_not_found" };
        }

        lock (_lock)
        {
            _calls.Add(new TestCall(agent, input.Clone()) { Options = options });
        }

        return _recorded[key] = new Recorded(await answer(input).ConfigureAwait(false), clock.GetUtcNow());
    }

    public Task<RecordedWait> WaitAsync(string key, TimeSpan delay, CancellationToken cancellationToken) =>
        Task.FromResult(new RecordedWait(_recorded.GetOrAdd(key, _ => new Recorded(default, clock.GetUtcNow() + delay)).At));

    public Task<Recorded?> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken)
    {
        if (!_recorded.ContainsKey(key) && Answers.TryDequeue(out var answer))
        {
            _recorded[key] = new Recorded(answer, clock.GetUtcNow());
        }

        return Task.FromResult<Recorded?>(_recorded.TryGetValue(key, out var known) ? known : null);
    }

    public Task<Recorded?> ValueAsync(string key, JsonElement? value, CancellationToken cancellationToken)
    {
        if (value is { } given)
        {
            _recorded.TryAdd(key, new Recorded(given.Clone(), clock.GetUtcNow()));
        }

        return Task.FromResult<Recorded?>(_recorded.TryGetValue(key, out var known) ? known : null);
    }

    public Task CancelAsync(string keyPrefix, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _withdrawn.Add(keyPrefix);
        }

        return Task.CompletedTask;
    }

    /// <summary>A recorded command that the run did not repeat (nondeterminism); null when there is none.</summary>
    public string? MissingCommand(string? asked)
    {
        lock (_lock)
        {
            return CommandTrace.Parse(asked) is { } places
                ? _recorded.Keys.Concat(_taken.Keys)
                    .Where(
                        place =>
                            places.IsMissing(place) && !_withdrawn.Exists(prefix => place.StartsWith(prefix, StringComparison.Ordinal)))
                    .Order(StringComparer.Ordinal).FirstOrDefault()
                : null;
        }
    }

    /// <summary>Output and progress of one run.</summary>
    internal sealed class RunRecording
    {
        private readonly Lock _lock = new();
        private readonly StringBuilder _text = new();
        private readonly List<TestProgress> _progress = [];

        public void Add(double? percent, string message)
        {
            lock (_lock)
            {
                _progress.Add(new TestProgress(percent, message));
            }
        }

        public void Add(string text)
        {
            lock (_lock)
            {
                _text.Append(text);
            }
        }

        public AgentTestRun Ended(
            JsonElement? output = null, string? code = null, string? message = null, bool refused = false, bool suspended = false)
        {
            lock (_lock)
            {
                return new AgentTestRun
                {
                    Output = output,
                    Code = code,
                    Message = message,
                    Refused = refused,
                    Suspended = suspended,
                    Text = _text.ToString(),
                    Progress = [.. _progress],
                };
            }
        }
    }
}
