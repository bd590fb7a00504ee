using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace Orkestron.Grains.Streams;

[GrainType("work-queue"), Reentrant, KeepAlive]
internal sealed class WorkQueueGrain(IOptions<WorkStreamOptions> options, TimeProvider clock) : Grain, IWorkQueueGrain
{
    private readonly Queue<WorkMessage> _waiting = new();
    private TaskCompletionSource? _arrival;

    public Task AddAsync(ImmutableArray<WorkMessage> messages)
    {
        if (_waiting.Count + messages.Length > options.Value.MaxWaiting)
        {
            throw new InvalidOperationException("The work queue is full. The step is sent again later.");
        }

        foreach (var message in messages)
        {
            _waiting.Enqueue(message);
        }

        _arrival?.TrySetResult();
        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<WorkMessage>> TakeAsync(int limit)
    {
        if (_waiting.Count == 0)
        {
            // Asynchronous continuations: a taker must not run inside the call that brought the message.
            _arrival ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _arrival.Task.WaitAsync(options.Value.TakeWait, clock).ConfigureAwait(
                ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            if (_waiting.Count > 0 || _arrival is { Task.IsCompleted: true })
            {
                _arrival = null;
            }
        }

        var taken = ImmutableArray.CreateBuilder<WorkMessage>(Math.Min(limit, _waiting.Count));
        while (taken.Count < limit && _waiting.TryDequeue(out var message))
        {
            taken.Add(message);
        }

        return taken.DrainToImmutable();
    }
}
