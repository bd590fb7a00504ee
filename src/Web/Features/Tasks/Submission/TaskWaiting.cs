using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Features.Tasks.Submission;

/// <summary>Waits for the end of tasks on behalf of requests.</summary>
internal sealed class TaskWaiting(IGrainFactory grains, TimeProvider clock)
{
    /// <summary>A user's task once it is settled, or in its current state after a timeout; at once when the timeout is zero.</summary>
    /// <exception cref="OperationCanceledException">The waiting was stopped.</exception>
    public async Task<Outcome<TaskView>> SettledAsync(Guid id, Guid userId, TimeSpan patience, CancellationToken stop)
    {
        var task = grains.GetGrain<ITaskGrain>(id);
        if (patience <= TimeSpan.Zero)
        {
            return await task.GetAsync(userId);
        }

        var begun = clock.GetTimestamp();
        while (true)
        {
            var left = patience - clock.GetElapsedTime(begun);
            var outcome = left > TimeSpan.Zero ? await task.WaitAsync(userId, left).WaitAsync(stop) : await task.GetAsync(userId);
            if (left <= TimeSpan.Zero || !outcome.Accepted || outcome.Value.Settled)
            {
                return outcome;
            }
        }
    }
}
