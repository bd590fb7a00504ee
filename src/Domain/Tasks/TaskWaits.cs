
namespace Orkestron.Domain.Tasks;

/// <summary>What steps wait for while nobody works on them. Pure.</summary>
internal static class TaskWaits
{
    private static readonly string[] Tellings =
        [WaitKinds.Answer, WaitKinds.Provider, WaitKinds.Retry, WaitKinds.Message, WaitKinds.Timer, WaitKinds.Queue];

    /// <summary>What a step waits for, or null.</summary>
    /// <param name="step">The step.</param>
    /// <param name="pulse">What is transient about it, or null.</param>
    public static WaitView? Of(StepRecord step, StepLiveState? pulse)
    {
        if (step.Ended)
        {
            return null;
        }

        var asked = step.History.IsEmpty
            ? null
            : step.History.Values.Where(static entry => entry.Asks).Select(static entry => (DateTimeOffset?)entry.At).Min();
        var now = pulse?.Attempt == step.Attempt ? pulse : null;
        return (step, now) switch
        {
            _ when asked is { } at => new WaitView(WaitKinds.Answer, step.Id, at),
            (_, { Away: true }) => new WaitView(WaitKinds.Provider, step.Id, step.WaitsSince, null, now.LastSeenAt),
            (_, { QueuePosition: not null }) => new WaitView(WaitKinds.Queue, step.Id, step.WaitsSince),
            (_, { StartedAt: not null }) => null,
            ({ State: StepState.Retrying }, _) => new WaitView(WaitKinds.Retry, step.Id, step.EndedAt ?? step.WaitsSince, step.RetryAt),
            ({ State: StepState.Waiting, WakeAt: { } until }, _) => new WaitView(WaitKinds.Timer, step.Id, step.LastTurnAt, until),
            ({ State: StepState.Waiting }, _) => new WaitView(WaitKinds.Message, step.Id, step.LastTurnAt),
            _ => null,
        };
    }

    /// <summary>
    /// What the whole task waits for: the owner's answer, or what its steps do when all of them that call no other one wait.
    /// </summary>
    public static WaitView? Of(TaskRecord task, TaskLiveState pulse)
    {
        if (task.Ended)
        {
            return null;
        }

        if (task.Steps.Count == 1)
        {
            return Of(task.Steps[0], pulse.Of(1));
        }

        var open = task.Steps.Where(static step => !step.Ended).ToArray();
        var callers = open.Select(static step => step.Request.ParentId).ToHashSet();
        var waits = open.Where(step => task.State == TaskState.InputRequired || !callers.Contains(step.Id))
            .Select(step => Of(step, pulse.Of(step.Id))).ToArray();
        var told = waits.OfType<WaitView>().MinBy(static wait => Array.IndexOf(Tellings, wait.Kind));
        return told is { Kind: WaitKinds.Answer } || (waits.Length > 0 && waits.All(static wait => wait is not null)) ? told : null;
    }
}
