using System.Collections.Immutable;
using Orkestron.Domain.Tasks;
using Orleans.Concurrency;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>Lists tasks from the rows that are written with their events. A stateless worker; key: 0.</summary>
[GrainInterfaceType("task-list"), Alias("orkestron.task-list")]
public interface ITaskListGrain : IGrainWithIntegerKey
{
    /// <summary>A user's tasks, newest first.</summary>
    [Alias("mine"), AlwaysInterleave]
    Task<TaskPage> MineAsync(TaskQuery query);
}
