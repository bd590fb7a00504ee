using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.GrainInterfaces.Tasks;

/// <summary>
/// Submits tasks, and says what their grains cannot see when they are placed and activated: whose they are, and whether the id was
/// made for this call, so that no log need be looked for. It travels with the call.
/// </summary>
public static class TaskSubmission
{
    private const string FreshKey = "orkestron.fresh-task";
    private const string PayerKey = "orkestron.payer";

    /// <summary>Submits under a new id.</summary>
    public static Task<Outcome<TaskView>> SubmitNewTaskAsync(this IGrainFactory grains, SubmitTask command, TimeProvider clock)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        // Never for a derived id: a repeated submission has one.
        RequestContext.Set(FreshKey, id);
        try
        {
            return grains.SubmitTaskAsync(id, command);
        }
        finally
        {
            RequestContext.Remove(FreshKey);
        }
    }

    /// <summary>Submits under an id that may have been submitted before.</summary>
    public static Task<Outcome<TaskView>> SubmitTaskAsync(this IGrainFactory grains, Guid id, SubmitTask command)
    {
        RequestContext.Set(PayerKey, command.UserId);
        try
        {
            return grains.Get<ITaskGrain>(id).SubmitAsync(command);
        }
        finally
        {
            RequestContext.Remove(PayerKey);
        }
    }

    /// <summary>Whether the call that is being handled made this id. Forgotten once asked: it does not travel on.</summary>
    public static bool TakeFresh(Guid id)
    {
        var fresh = RequestContext.Get(FreshKey) is Guid made && made == id;
        RequestContext.Remove(FreshKey);
        RequestContext.Remove(PayerKey);
        return fresh;
    }

    /// <summary>Who pays for the task that a call submits; null for another call.</summary>
    /// <param name="context">What travels with the call.</param>
    public static Guid? PayerOf(IReadOnlyDictionary<string, object>? context) =>
        context is not null && context.TryGetValue(PayerKey, out var payer) && payer is Guid id ? id : null;
}
