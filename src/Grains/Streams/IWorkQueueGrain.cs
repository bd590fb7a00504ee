using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orleans.Concurrency;

namespace Orkestron.Grains.Streams;

/// <summary>
/// One queue of the work streams. Key: the queue's number. What waits lives in memory only: the journal knows every step
/// that is outstanding and sends it again, so a queue may be lost.
/// </summary>
[GrainInterfaceType("work-queue"), Alias("orkestron.work-queue")]
internal interface IWorkQueueGrain : IGrainWithIntegerKey
{
    /// <summary>Adds messages.</summary>
    /// <exception cref="InvalidOperationException">The queue is full; send again later.</exception>
    [Alias("add")]
    Task AddAsync(ImmutableArray<WorkMessage> messages);

    /// <summary>Takes what waits, at most a number; waits for a while when there is nothing.</summary>
    [Alias("take")]
    Task<ImmutableArray<WorkMessage>> TakeAsync(int limit);
}

/// <summary>A step on its way to its agent.</summary>
/// <param name="Agent">The agent's key: the stream's key.</param>
/// <param name="Work">The step.</param>
[GenerateSerializer, Immutable, Alias("orkestron.work-message")]
internal sealed record WorkMessage([property: Id(0)] string Agent, [property: Id(1)] WorkItem Work);
