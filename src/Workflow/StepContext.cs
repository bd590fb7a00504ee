using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Messages;

namespace Orkestron.Workflow;

/// <summary>
/// An agent's context over a port: the same inside the platform, at a provider's, and in a test. Gives each durable call
/// its key in the order of the agent's code.
/// </summary>
/// <param name="step">Which step, and how to wait.</param>
/// <param name="port">The way to the task.</param>
public sealed partial class StepContext(StepIdentity step, IStepPort port) : IAgentContext
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private const string Winner = ".winner";

    private readonly StepKey _key = new("");
    private readonly Lock _lock = new();
    private DateTimeOffset _now = step.RequestedAt;
    private int _ids;

    private StepContext(StepIdentity step, IStepPort port, StepKey key, DateTimeOffset now)
        : this(step, port) => (_key, _now) = (key, now);

    /// <inheritdoc/>
    public string TaskId => step.TaskId;

    /// <inheritdoc/>
    public string StepId => step.StepId;

    /// <inheritdoc/>
    public int Attempt => step.Attempt;

    /// <inheritdoc/>
    public TimeProvider Clock => step.Clock;

    /// <inheritdoc/>
    public DateTimeOffset Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>
    /// What the run has asked for, as <see cref="CommandTrace"/> reads it, once its code has come to its end; null when that
    /// is too much to tell.
    /// </summary>
    public string? Asked()
    {
        var text = new StringBuilder();
        _key.End();
        _key.AppendTo(text);
        return text.Length <= CommandTrace.MaxLength ? text.ToString() : null;
    }

    /// <inheritdoc/>
    public Guid NewId()
    {
        var name = string.Create(CultureInfo.InvariantCulture,
            $"id\n{step.TaskId}\n{step.StepId}\n{_key.Prefix}\n{Interlocked.Increment(ref _ids)}");
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(name), hash);
        // A version 8 UUID: what it stands for is the application's.
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <inheritdoc/>
    public void Progress(double? percent, string message) => port.Progress(percent, message);

    /// <inheritdoc/>
    public void Write(string text) => port.Write(text);

    /// <inheritdoc/>
    public Task<JsonElement> CallAgentAsync(string agent, JsonElement input, CancellationToken cancellationToken) =>
        CallAgentAsync(agent, input, CallOptions.None, cancellationToken);

    /// <inheritdoc/>
    public async Task<JsonElement> CallAgentAsync(
        string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken) =>
        (await CallAsync(agent, input, options, cancellationToken).ConfigureAwait(false)).Value;

    /// <summary>As <see cref="CallAgentAsync(string, JsonElement, CallOptions, CancellationToken)"/>, with what is recorded of the call.</summary>
    public async Task<Recorded> CallAsync(
        string agent, JsonElement input, CallOptions options, CancellationToken cancellationToken)
    {
        // Before anything is awaited: the key is taken when the agent makes the call.
        var recorded = await port.CallAsync(_key.Next(), agent, input, options, cancellationToken).ConfigureAwait(false);
        Saw(recorded.At);
        return recorded;
    }

    /// <inheritdoc/>
    public Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken) =>
        port.OpenArtifactAsync(reference, cancellationToken);

    /// <inheritdoc/>
    public Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken) =>
        port.CreateArtifactAsync(name, mediaType, content, cancellationToken);

    /// <inheritdoc/>
    public Task SendAsync(MessageTo to, string type, JsonElement payload, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        return SeenAsync(port.SendAsync(key, to, type, payload, cancellationToken));
    }

    /// <inheritdoc/>
    public Task<AgentMessage> ReceiveAsync(string? type, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        return ReceiveAsync(key, type, cancellationToken);
    }

    /// <inheritdoc/>
    public Task SleepAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        return SleepAsync(key, delay, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JsonElement> AskUserAsync(UserQuestion question, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        return AskAsync(key, question, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<JsonElement> SideEffectAsync(
        Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken)
    {
        var key = _key.Next();
        return EffectAsync(key, effect, cancellationToken);
    }

    /// <summary>
    /// As <see cref="SideEffectAsync"/>, recorded under a name instead of the place in the code: what an agent looks at before
    /// it begins can so be added without moving its other places.
    /// </summary>
    /// <param name="name">Lower-case letters.</param>
    /// <param name="effect">What to do once.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public Task<JsonElement> OnceAsync(
        string name, Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken) =>
        EffectAsync($"{_key.Prefix}once.{name}", effect, cancellationToken);

    /// <inheritdoc/>
    public async Task<T[]> WhenAllAsync<T>(
        IReadOnlyList<Func<IAgentContext, Task<T>>> branches, int atMost, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(atMost, 1);
        var key = _key.Next();
        var results = new T[branches.Count];
        var contexts = Branches(key, branches.Count);
        using var places = new SemaphoreSlim(atMost);
        await Task.WhenAll(Enumerable.Range(0, branches.Count).Select(async i =>
        {
            await places.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                results[i] = await branches[i](contexts[i]).ConfigureAwait(false);
                contexts[i]._key.End();
            }
            finally
            {
                places.Release();
            }
        })).ConfigureAwait(false);
        Join(contexts);
        return results;
    }

    /// <inheritdoc/>
    public async Task<T> RaceAsync<T>(
        IReadOnlyList<Func<IAgentContext, CancellationToken, Task<T>>> branches, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(branches.Count, 1);
        var key = _key.Next();
        var contexts = Branches(key, branches.Count);
        var winnerKey = key + Winner;
        // The winner is recorded: a later run must not let another branch win. When it won is the time after the race: a
        // later run does not see what the others saw.
        var known = await port.ValueAsync(winnerKey, null, cancellationToken).ConfigureAwait(false);
        if (known is { } recorded)
        {
            // A crash may have come between the winner's record and the calling off.
            await CancelCallAsync(key, branches.Count, recorded.Value.GetInt32(), cancellationToken).ConfigureAwait(false);
            var won = await branches[recorded.Value.GetInt32()](contexts[recorded.Value.GetInt32()], cancellationToken)
                .ConfigureAwait(false);
            contexts[recorded.Value.GetInt32()]._key.End();
            Saw(recorded.At);
            return won;
        }

        var (winner, result) = await Race.RunAsync(branches, contexts, cancellationToken).ConfigureAwait(false);
        contexts[winner]._key.End();
        await SeenAsync(Some(port.ValueAsync(winnerKey, JsonSerializer.SerializeToElement(winner), cancellationToken)))
            .ConfigureAwait(false);
        await CancelCallAsync(key, branches.Count, winner, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private Task CancelCallAsync(string key, int branches, int winner, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, branches).Where(i => i != winner).Select(i =>
            port.CancelAsync(string.Create(CultureInfo.InvariantCulture, $"{key}.{i}."), cancellationToken)));

    private async Task SleepAsync(string key, TimeSpan delay, CancellationToken cancellationToken)
    {
        var wait = await port.WaitAsync(key, delay, cancellationToken).ConfigureAwait(false);
        var left = wait.Until - Clock.GetUtcNow();
        if (left > step.SuspendAfter)
        {
            throw new AgentSuspendedException();
        }

        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, Clock, cancellationToken).ConfigureAwait(false);
        }

        Saw(wait.Until);
    }

    private async Task<JsonElement> AskAsync(string key, UserQuestion question, CancellationToken cancellationToken)
    {
        var answer = await port.AskAsync(key, question, cancellationToken).ConfigureAwait(false)
            ?? throw new AgentSuspendedException();
        Saw(answer.At);
        return answer.Value;
    }

    private async Task<AgentMessage> ReceiveAsync(string key, string? type, CancellationToken cancellationToken)
    {
        var begun = Clock.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            var asked = Clock.GetTimestamp();
            if (await port.ReceiveAsync(key, type, cancellationToken).ConfigureAwait(false) is { } message)
            {
                Saw(message.At);
                return message;
            }

            var left = step.SuspendAfter - Clock.GetElapsedTime(begun);
            if (left <= TimeSpan.Zero)
            {
                throw new AgentSuspendedException();
            }

            // Asked again at once where the platform has waited already.
            if (Clock.GetElapsedTime(asked) < LongestPause)
            {
                await Task.Delay(pause < left ? pause : left, Clock, cancellationToken).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<JsonElement> EffectAsync(
        string key, Func<CancellationToken, Task<JsonElement>> effect, CancellationToken cancellationToken)
    {
        var known = await port.ValueAsync(key, null, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            // What it does may depend on what was recorded before, and others may see it.
            await port.DurableAsync(cancellationToken).ConfigureAwait(false);
            var value = await effect(cancellationToken).ConfigureAwait(false);
            known = await port.ValueAsync(key, value, cancellationToken).ConfigureAwait(false);
        }

        Saw(known!.Value.At);
        return known.Value.Value;
    }

    private static async Task<Recorded> Some(Task<Recorded?> recorded) => (await recorded.ConfigureAwait(false))!.Value;

    private async Task<JsonElement> SeenAsync(Task<Recorded> recorded)
    {
        var (value, at) = await recorded.ConfigureAwait(false);
        Saw(at);
        return value;
    }

    private StepContext[] Branches(string key, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new StepContext(step, port, _key.Branch(key, i), Now))];

    private void Join(StepContext[] branches)
    {
        foreach (var branch in branches)
        {
            Saw(branch.Now);
        }
    }

    private void Saw(DateTimeOffset at)
    {
        lock (_lock)
        {
            _now = at > _now ? at : _now;
        }
    }
}
