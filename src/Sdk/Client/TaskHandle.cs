using System.Runtime.CompilerServices;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Sdk.Client;
using Orkestron.Sdk.Common;

namespace Orkestron.Sdk;

/// <summary>A task on the platform.</summary>
public sealed class TaskHandle
{
    private const int Tries = 6;
    private const int WaitSeconds = 30;
    private readonly Api _api;
    private readonly TimeProvider _clock;

    internal TaskHandle(Guid id, Api api, TimeProvider clock) => (Id, _api, _clock) = (id, api, clock);

    /// <summary>The task's id: <see cref="OrkestronClient.Attach"/> finds it again.</summary>
    public Guid Id { get; }

    /// <summary>
    /// The task's events from the beginning or after a sequence, then as they happen, until it is settled. A broken
    /// connection goes on where it was: no journaled event is missed or comes twice.
    /// </summary>
    public async IAsyncEnumerable<TaskEvent> EventsAsync(
        long after = 0, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var retries = Retries.Of(_clock, Api.MayPass);
        while (true)
        {
            var begin = after;
            using var stream = await retries.ExecuteAsync(
                async stop => await TaskEventStream.OpenAsync(_api.Http, Id, begin, stop).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
            await foreach (var next in stream.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                after = next.Transient ? after : next.Sequence;
                yield return next;
            }

            if (stream.Ended)
            {
                yield break;
            }

            await Task.Delay(Retries.FirstWait(), _clock, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The task as it stands, with all its steps. Read large values, which stand as references, with
    /// <see cref="ReadAsync"/>.</summary>
    public async Task<TaskDetail> GetAsync(CancellationToken cancellationToken = default) =>
        await WholeAsync(
            await _api.SendAsync<TaskDetail>(HttpMethod.Get, $"tasks/{Id}", null, null, Tries, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

    /// <summary>Reads a value that was too large to be included in the task.</summary>
    public Task<JsonElement> ReadAsync(ValueReference value, CancellationToken cancellationToken = default) =>
        _api.SendAsync<JsonElement>(HttpMethod.Get, value.Href, null, null, Tries, cancellationToken);

    /// <summary>Waits until the task is settled.</summary>
    public async Task<TaskDetail> WaitAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var task = await _api.SendAsync<TaskDetail>(
                HttpMethod.Get, $"tasks/{Id}?wait={WaitSeconds}", null, null, int.MaxValue, cancellationToken).ConfigureAwait(false);
            if (task.EndedAt is not null && task.Cost.Settled)
            {
                return await WholeAsync(task, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<TaskDetail> WholeAsync(TaskDetail task, CancellationToken cancellationToken)
    {
        var steps = task.Steps;
        for (var next = task.StepsNext; next is { } after;)
        {
            var page = await _api.SendAsync<TaskDetail>(
                HttpMethod.Get, $"tasks/{Id}?stepsAfter={after}", null, null, Tries, cancellationToken).ConfigureAwait(false);
            steps = [.. steps, .. page.Steps];
            next = page.StepsNext;
        }

        return task with { Steps = steps, StepsNext = null };
    }

    /// <summary>Waits until the task is settled and returns its output.</summary>
    /// <exception cref="OrkestronException">The task did not complete; the code says why.</exception>
    public async Task<T> ResultAsync<T>(CancellationToken cancellationToken = default)
    {
        var task = await WaitAsync(cancellationToken).ConfigureAwait(false);
        return task is { State: "completed", Result: { } result }
            ? result.Deserialize<T>(SdkJson.Wire)!
            : throw new OrkestronException($"The task is {task.State}: {task.StatusMessage}") { Code = task.FailureCode ?? task.State };
    }

    /// <summary>Cancels the task. Completed steps are charged.</summary>
    /// <exception cref="OrkestronException">The task has already ended.</exception>
    public Task<TaskDetail> CancelAsync(CancellationToken cancellationToken = default) =>
        _api.SendAsync<TaskDetail>(HttpMethod.Post, $"tasks/{Id}/cancel", null, null, Tries, cancellationToken);
}
