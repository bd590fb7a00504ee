using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Live;

/// <summary>The hub for following tasks. It is read-only; all writes are REST requests.</summary>
internal sealed class TaskHub(TaskStreams streams) : Hub
{
    /// <summary>
    /// Replays a task's events after a sequence, then follows it until it is settled. After a broken connection, call again with the
    /// sequence of the last journaled event.
    /// </summary>
    /// <param name="taskId">The task.</param>
    /// <param name="after">0 for all, or the sequence of the last journaled event seen.</param>
    /// <param name="cancellationToken">Cancelled when the viewer leaves.</param>
    /// <exception cref="HubException">Begins with a problem's code: <c>not_found</c>, <c>too_many</c>, <c>invalid</c>.</exception>
    public async IAsyncEnumerable<TaskEvent> Watch(
        string taskId, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(taskId, out var id) || after < 0)
        {
            throw new HubException("invalid: Send the id of a task and a sequence of 0 or more.");
        }

        var opened = await streams.OpenAsync(Context.User!, id, after);
        if (!opened.Accepted)
        {
            throw Refused(opened.Refusal);
        }

        using var stream = opened.Value;
        await foreach (var each in stream.ReadAsync(cancellationToken))
        {
            if (each is not null)
            {
                yield return each;
            }
        }
    }

    private static HubException Refused(Refusal refusal) =>
        new($"{ProblemKind.Of(refusal.Code).Code}: {refusal.Detail}");
}
