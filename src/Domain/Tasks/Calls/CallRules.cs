using Orkestron.Contracts.Messages;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Schemas;
using Orkestron.Workflow;

namespace Orkestron.Domain.Tasks;

/// <summary>Which calls of other agents a step may make, and what each is recorded as. Pure.</summary>
internal static class CallRules
{
    /// <summary>Why a step may not make a call as the task stands; null when it may.</summary>
    public static StepFailure? Refuse(TaskRecord task, StepCall call, TaskOptions options)
    {
        if (task.Ended || task.Step(call.StepId) is not { } caller || !caller.IsAt(call.Attempt))
        {
            return StepFailures.StepEnded;
        }

        if (UndoRules.Refuse(caller, call.Key) is { } over)
        {
            return over;
        }

        if (!HistoryRules.IsKey(call.Key) || caller.History.ContainsKey(call.Key))
        {
            return HistoryRules.Mismatch(
                StepFailures.Short(call.Key), "something else", $"a call of {StepFailures.Short(call.Agent)}");
        }

        var undoes = UndoCommandIds.Has(call.Key);
        return caller.IsScopeCanceled(call.Key) && !undoes
            ? HistoryRules.ScopeCanceled
            : RefuseAnother(task, caller, options, undoes)
                ?? TaskBytes.Refuse(task, call.Input.Length, options, undoes) ?? TaskArtifacts.RefuseToPass(task, caller, call.Input);
    }

    /// <summary>Why an agent does not take a call; null when it does.</summary>
    public static StepFailure? RefuseInput(AgentManifest? agent, CheckedValue? declared, StepCall call)
    {
        if (agent is null)
        {
            return StepFailures.Of("agent_not_found", $"There is no agent '{StepFailures.Short(call.Agent)}'.");
        }

        if (call.Input.Length > agent.MaxInputBytes)
        {
            return StepFailures.Of("input_too_large", $"{agent.Key} takes at most {agent.MaxInputBytes:N0} bytes.");
        }

        if (declared is { Errors: [var error, ..] })
        {
            return StepFailures.Of("input_invalid", $"{agent.Key} {error.Path}: {declared.Sentence}");
        }

        return call.Role is null || MessageTo.TryParse($"role:{call.Role}", out _)
            ? null
            : StepFailures.Of("role_invalid", "A role has 1 to 100 lower-case letters, digits and / _ . - in it.");
    }

    /// <summary>The step that a call becomes, with its lease; or why there are not enough tokens for it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="caller">The calling step.</param>
    /// <param name="call">The call, which may be made.</param>
    /// <param name="agent">The version that runs.</param>
    /// <param name="declared">What the agent gets to see of the input.</param>
    /// <param name="undoMicro">What undoing the call may cost; null when nothing undoes it.</param>
    /// <param name="sourceStep">The step of the earlier task whose records it takes over; null for none.</param>
    public static (StepRequested? Request, StepFailure? Failure) Request(
        TaskRecord task,
        StepRecord caller,
        StepCall call,
        AgentManifest agent,
        CheckedValue declared,
        long? undoMicro,
        int? sourceStep)
    {
        var price = agent.Price.QuoteMicro(call.Input.Length);
        var (lease, exhausted) = BudgetTree.Lease(
            task, task.Step(caller.Id)!, price, agent.Price.CallsHeldMicro(call.Input.Length), call.BudgetMicro,
            undoMicro ?? 0, UndoCommandIds.Has(call.Key));
        if (exhausted is not null)
        {
            return (null, exhausted);
        }

        var request = new StepRequested(
            task.Steps.Count + 1,
            caller.Id,
            call.Key,
            agent.Key,
            agent.Version,
            price,
            agent.KeepsInside,
            agent.Recipient,
            lease,
            call.Role,
            sourceStep,
            undoMicro,
            undoMicro is not null && call.StaysOnCancel ? true : null,
            call.Undoes)
        { Content = declared.Value };
        return (request, null);
    }

    /// <summary>Whether a step was called by an agent inside the platform.</summary>
    public static bool IsCalledInside(TaskRecord task, StepRecord step) =>
        step.Request.ParentId is { } parent && task.Step(parent)!.Request.KeepsInside;

    /// <summary>Whether an agent may call another one; null when it may.</summary>
    public static StepFailure? RefuseAnother(TaskRecord task, StepRecord caller, TaskOptions options, bool undoes = false)
    {
        if (task.DepthOf(caller) >= options.MaxDepth)
        {
            return StepFailures.Of("call_too_deep", $"Agents may call agents at most {options.MaxDepth} deep.");
        }

        // Whatever a task has done can be undone: that many steps more.
        if (task.Steps.Count >= (undoes ? 2 : 1) * options.MaxSteps)
        {
            return StepFailures.Of("too_many_steps", $"A task has at most {options.MaxSteps} steps.");
        }

        return task.Counts.OpenCallsOf(caller.Id) >= options.MaxFanOut
            ? StepFailures.Of("too_many_calls", $"A step may have at most {options.MaxFanOut} calls open at once.")
            : null;
    }

    /// <summary>
    /// By whose right a step calls other agents: that of the nearest provider above it, so that no provider reaches through a
    /// user's task what it could not reach by itself. Null where there are agents of the platform only, which do what the
    /// task's owner says: then by the owner's.
    /// </summary>
    public static string? CallsFor(TaskRecord task, StepRecord caller)
    {
        for (var step = caller; ; step = task.Step(step.Request.ParentId.Value)!)
        {
            var provider = step.Request.Agent[..step.Request.Agent.IndexOf('/', StringComparison.Ordinal)];
            if (!ProviderNames.IsReserved(provider))
            {
                return provider;
            }

            if (step.Request.ParentId is null)
            {
                return null;
            }
        }
    }
}
