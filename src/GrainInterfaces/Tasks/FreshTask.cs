using Orleans.Runtime;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>
/// Says that a task's id was made for the call that follows, so that its grain need not look for a log that cannot exist.
/// Travels with the call. Never for a derived id: a repeated submission has one.
/// </summary>
public static class FreshTask
{
    private const string Key = "orkestron.fresh-task";

    /// <summary>Submits under a new id.</summary>
    public static Task<Outcome<TaskView>> SubmitNewTaskAsync(this IGrainFactory grains, SubmitTask command, TimeProvider clock)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        RequestContext.Set(Key, id);
        try
        {
            return grains.Get<ITaskGrain>(id).SubmitAsync(command);
        }
        finally
        {
            RequestContext.Remove(Key);
        }
    }

    /// <summary>Whether the call that is being handled made this id. Forgotten once asked: it does not travel on.</summary>
    public static bool Take(Guid id)
    {
        var fresh = RequestContext.Get(Key) is Guid made && made == id;
        RequestContext.Remove(Key);
        return fresh;
    }
}
