using Orkestron.Domain.Agents;
using Orkestron.Domain.Schemas;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>Agents' calls of other agents: each is recorded once at its place in the caller's code, and answered from the record.</summary>
internal sealed class TaskCalls(
    TaskContext context,
    TaskDispatcher dispatcher,
    TaskFlush flush,
    TaskValues values,
    PendingCalls pending,
    CalledAgents agents,
    TaskReplay replay)
{
    /// <summary>Runs another agent for a step, or gives the recorded result.</summary>
    public Task<StepCallResult> CallAsync(StepCall call) =>
        call.Values.IsDefaultOrEmpty ? CallOnceAsync(call) : CallWithValuesAsync(call);

    /// <summary>A call that brings values: they are recorded before it, and durable before its caller learns of a failure.</summary>
    private async Task<StepCallResult> CallWithValuesAsync(StepCall call)
    {
        var result = values.Stage(call.StepId, call.Attempt ?? 0, call.Values).Failure is { } failure
            ? pending.Failed(failure)
            : await CallOnceAsync(call with { Values = [] });
        if (result.Failure is not null)
        {
            await context.Log.DurableAsync();
        }

        return result;
    }

    private async Task<StepCallResult> CallOnceAsync(StepCall call)
    {
        if (context.Record.Ended || context.Record.Step(call.StepId) is not { } caller || !caller.IsAt(call.Attempt))
        {
            return pending.Failed(StepFailures.StepEnded);
        }

        if (context.Record.Child(call.StepId, call.Key) is { } made)
        {
            return await RepeatAsync(call, made);
        }

        // A plan that is undone runs over the calls that it made.
        if (caller.Request.UndoOf is { } of && context.Record.Child(of, call.Key) is { Ended: true } before)
        {
            return pending.ResultOf(before);
        }

        if (CallRules.Refuse(context.Record, call, context.Options) is { } refused)
        {
            return pending.Failed(refused);
        }

        var earlier = context.Record.Continues is null ? null : await replay.RecordedBeforeAsync(caller, call.Key);
        var recorded = earlier is { Place.Call: { } other } ? await agents.AsRecordedAsync(call, other) : null;
        return await ReuseAsync(call, earlier, recorded) ?? await MakeAsync(caller, call, earlier, recorded);
    }

    /// <summary>The call was made before: the same one gets its result, any other is a fault of the agent's code.</summary>
    private async Task<StepCallResult> RepeatAsync(StepCall call, StepRecord made)
    {
        var same = made.Request.Agent == call.Agent
            && (call.Input.SameAs(made.Request.Content)
                || (made.Trimmed && (await agents.DeclaredAsync(call, made.Request.AgentVersion)).Value.SameAs(made.Request.Content)));
        return same
            ? await pending.ResultAsync(made.Id)
            : pending.Failed(HistoryRules.Mismatch(
                call.Key,
                $"a call of {made.Request.Agent}",
                made.Request.Agent == call.Agent ? "one with another input" : $"a call of {StepFailures.Short(call.Agent)}"));
    }

    /// <summary>Takes the call over from the task that this one continues; null when there is none to take.</summary>
    private async Task<StepCallResult?> ReuseAsync(
        StepCall call, (RecordedCommand Place, bool Before)? earlier, CheckedValue? recorded)
    {
        if (recorded is null || earlier is not { Place.Call: { } ended, Before: true }
            || CallRules.Refuse(context.Record, call, context.Options) is not null
            || context.Record.Child(call.StepId, call.Key) is not null)
        {
            return null;
        }

        var id = context.Record.Steps.Count + 1;
        var reused = Replay.Reuse(id, call with { Input = recorded.Value }, ended, context.Record.Continues!.TaskId);
        if (reused.Count == 0)
        {
            return null;
        }

        await context.AppendAsync([.. reused, .. StepTrimmed.Of(id, recorded)]);
        return pending.ResultOf(context.Record.Child(call.StepId, call.Key)!);
    }

    private async Task<StepCallResult> MakeAsync(
        StepRecord caller, StepCall call, (RecordedCommand Place, bool Before)? earlier, CheckedValue? recorded)
    {
        var manifest = await agents.ChooseAsync(caller, recorded is null ? call : call with { Input = recorded.Value }, earlier);
        long? undo = call.UndoneBy.IsDefaultOrEmpty
            ? null
            : await agents.UndoMicroAsync(call.UndoneBy, Math.Max(CalledAgents.UndoInputBytes, call.Input.Length));
        if (context.Record.Child(call.StepId, call.Key) is not null)
        {
            return await CallOnceAsync(call);
        }

        var declared = manifest is null ? null : SchemaCheck.Declared(manifest.InputSchema, call.Input);
        // Decided again, and with the record that follows, without an await between: many calls may have come meanwhile, and
        // what is given to one of them is not given to another.
        var failure = CallRules.Refuse(context.Record, call, context.Options) ?? CallRules.RefuseInput(manifest, declared, call);
        if (failure is not null)
        {
            return pending.Failed(failure);
        }

        var (request, exhausted) = CallRules.Request(
            context.Record, caller, call, manifest!, declared!, undo,
            // On the way to where it begins anew: what it called before that is taken over in turn.
            earlier is { Place.Call: { } above, Before: false } && recorded is not null
                && above.AgentVersion == manifest!.Version ? above.StepId : null);
        if (request is null)
        {
            return pending.Failed(exhausted!);
        }

        await RecordAsync(request, StepTrimmed.Of(request.StepId, declared!), manifest!.KeepsInside);
        dispatcher.Send(context.Record.Step(request.StepId)!);
        context.Live.Ring();
        return await pending.ResultAsync(request.StepId);
    }

    private async Task RecordAsync(StepRequested request, IReadOnlyList<TaskEvent> trimmed, bool inside)
    {
        if (!inside)
        {
            // Content leaves the platform only after the record that it does is durable.
            await context.Log.AppendAsync([request, .. trimmed]);
            return;
        }

        // Inside the platform the record may follow: lost with a crash, the call is made again and nothing was paid.
        context.Log.Stage(request);
        foreach (var fact in trimmed)
        {
            context.Log.Stage(fact);
        }

        flush.SoonAsync().Ignore();
    }
}
