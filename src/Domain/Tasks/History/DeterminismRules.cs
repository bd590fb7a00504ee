using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// Whether code that has come to its end asked for all that earlier runs of it had recorded. Pure. What was cancelled or
/// lost its race is not wanted, and a branch that nobody waited for may have come less far this time.
/// </summary>
internal static class DeterminismRules
{
    /// <summary>Why the step fails; null when nothing is lacking, or what the run asked for is not known.</summary>
    public static StepFailure? MissingCommand(TaskRecord task, StepRecord step, string? asked)
    {
        if (asked is null)
        {
            return null;
        }

        var recorded = Recorded(task, step);
        if (recorded.Count == 0 || CommandTrace.Parse(asked) is not { } places)
        {
            return null;
        }

        var lacking = recorded.Where(each => places.IsMissing(each.Key)).OrderBy(static each => each.Key, CommandIds.Order).ToList();
        return lacking.Find(place => !TookAnotherWay(place, recorded.Except(lacking))) is { Key: not null } first
            ? HistoryRules.Mismatch(first.Key, first.What, null)
            : null;
    }

    private static List<Place> Recorded(TaskRecord task, StepRecord step)
    {
        var places = new List<Place>();
        foreach (var child in task.CallsOf(step.Id))
        {
            if (child.State != StepState.Canceled && !step.IsScopeCanceled(child.Request.Call!))
            {
                places.Add(new Place(child.Request.Call!, child.Version, $"a call of {child.Request.Agent}"));
            }
        }

        foreach (var (key, entry) in step.History)
        {
            if (!entry.Canceled)
            {
                places.Add(new Place(key, entry.Version, HistoryRules.Word(entry.Kind)));
            }
        }

        return places;
    }

    /// <summary>
    /// A call that is refused, for instance for want of budget, is not recorded: made again it may be taken, and the code
    /// may rightly go another way. Then something before the place was recorded after it.
    /// </summary>
    private static bool TookAnotherWay(Place lacking, IEnumerable<Place> asked) => asked.Any(each =>
        each.Version > lacking.Version
        && lacking.Key.StartsWith(each.Key[..(each.Key.LastIndexOf('.') + 1)], StringComparison.Ordinal)
        && CommandIds.Compare(each.Key, lacking.Key) < 0);

    private readonly record struct Place(string Key, long Version, string What);
}
