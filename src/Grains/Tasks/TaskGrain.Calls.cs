using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Schemas;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Workflow;

namespace Orkestron.Grains.Tasks;

// Agents' calls of other agents.
internal sealed partial class TaskGrain
{
    private readonly Dictionary<int, TaskCompletionSource<StepCallResult>> _callers = [];
    private Task? _flush;

    public async Task<StepCallResult> CallAgentAsync(StepCall call)
    {
        if (!call.Values.IsDefaultOrEmpty)
        {
            return await CallWithValuesAsync(call);
        }

        if (Record.Ended || Record.Step(call.StepId) is not { } caller || !caller.IsAt(call.Attempt))
        {
            return Failed(TaskRules.StepEnded);
        }

        if (Record.Child(call.StepId, call.Key) is { } made)
        {
            return made.Request.Agent == call.Agent
                && (call.Input.SameAs(made.Request.Content)
                    || (made.Trimmed && (await DeclaredAsync(call, made.Request.AgentVersion)).Value.SameAs(made.Request.Content)))
                ? await ResultAsync(made.Id)
                : Failed(HistoryRules.Mismatch(
                    call.Key,
                    $"a call of {made.Request.Agent}",
                    made.Request.Agent == call.Agent ? "one with another input" : $"a call of {TaskRules.Short(call.Agent)}"));
        }

        // What is undone is gone over as it was.
        if (caller.Request.UndoOf is { } of && Record.Child(of, call.Key) is { Ended: true } before)
        {
            return Result(before);
        }

        if (RefuseCall(call) is { } refused)
        {
            return Failed(refused);
        }

        var earlier = Record.Continues is null ? null : await RecordedBeforeAsync(caller, call.Key);
        var recorded = earlier is { Place.Call: { } other } ? await AsRecordedAsync(call, other) : null;
        if (recorded is not null && earlier is { Place.Call: { } ended, Before: true }
            && RefuseCall(call) is null && Record.Child(call.StepId, call.Key) is null
            && Replay.Reuse(Record.Steps.Count + 1, call with { Input = recorded.Value }, ended, Record.Continues!.TaskId) is { Count: > 0 } reused)
        {
            await _log.AppendAsync([.. reused, .. StepTrimmed.Of(Record.Steps.Count + 1, recorded)]);
            _pulse.Ring();
            return Result(Record.Child(call.StepId, call.Key)!);
        }

        var manifest = await ManifestAsync(caller, recorded is null ? call : call with { Input = recorded.Value }, earlier);
        long? undo = call.UndoneBy.IsDefaultOrEmpty
            ? null
            : await UndoMicroAsync(call.UndoneBy, Math.Max(UndoInputBytes, call.Input.Length));
        if (Record.Child(call.StepId, call.Key) is not null)
        {
            return await CallAgentAsync(call);
        }

        var declared = manifest is null ? null : SchemaCheck.Declared(manifest.InputSchema, call.Input);
        // Decided again, and with the record that follows, without an await between: many calls may have come meanwhile, and
        // what is given to one of them is not given to another.
        if ((RefuseCall(call) ?? Refusal(manifest, declared, call)) is { } failure)
        {
            return Failed(failure);
        }

        var price = manifest!.Price.QuoteMicro(call.Input.Length);
        var (lease, exhausted) = BudgetTree.Lease(
            Record, Record.Step(caller.Id)!, price, manifest.Price.CallsHeldMicro(call.Input.Length), call.BudgetMicro,
            undo ?? 0, UndoCommandIds.Has(call.Key));
        if (exhausted is not null)
        {
            return Failed(exhausted);
        }

        var keepsInside = manifest.KeepsInside;
        var id = Record.Steps.Count + 1;
        var requested = new StepRequested(
            id,
            caller.Id,
            call.Key,
            manifest.Key,
            manifest.Version,
            price,
            keepsInside,
            manifest.Recipient,
            lease,
            call.Role,
            // On the way to where it begins anew: what it called before that is taken over in turn.
            earlier is { Place.Call: { } above, Before: false } && recorded is not null
                && above.AgentVersion == manifest.Version ? above.StepId : null,
            undo,
            undo is not null && call.StaysOnCancel ? true : null,
            call.Undoes)
        { Content = declared!.Value };
        var trimmed = StepTrimmed.Of(id, declared);
        if (keepsInside)
        {
            // Inside the platform the record may follow: lost with a crash, the call is made again and nothing was paid.
            _log.Stage(requested);
            foreach (var fact in trimmed)
            {
                _log.Stage(fact);
            }

            FlushSoonAsync().Ignore();
        }
        else
        {
            // Content leaves the platform only after the record that it does is durable.
            await _log.AppendAsync([requested, .. trimmed]);
        }

        Dispatch(Record.Step(id)!);
        _pulse.Ring();
        return await ResultAsync(id);
    }

    /// <summary>
    /// What the call runs: the agent as it is now, or, on the way to where the task begins anew, the version whose records are
    /// taken over, while that is kept.
    /// </summary>
    private async Task<AgentManifest?> ManifestAsync(
        StepRecord caller, StepCall call, (RecordedCommand Place, bool Before)? earlier)
    {
        if (earlier is null && _local.Choose(call.Agent, Id) is { } here)
        {
            return here;
        }

        var agent = GrainFactory.Get<IAgentGrain>(call.Agent);
        // By the task's id: all its calls of an agent run one version.
        var chosen = TaskRules.CallsFor(Record, caller) is { } provider
            ? await agent.ChooseForProviderAsync(Id, provider)
            : await agent.ChooseAsync(Id, Record.Submission!.UserId, null);
        return chosen.Accepted
            && earlier is { Place.Call: { } above, Before: false } && Replay.IsSame(above, call)
            && await agent.GetVersionAsync(above.AgentVersion) is { } kept
                ? kept
                : chosen.Value;
    }

    /// <summary>Calls that end soon share one commit with what follows; any other is recorded after a moment.</summary>
    private Task FlushSoonAsync()
    {
        return _flush ??= AfterAMomentAsync();

        async Task AfterAMomentAsync()
        {
            await Task.Delay(_options.CallRecordDelay, _clock);
            _flush = null;
            await _log.DurableAsync();
        }
    }

    /// <summary>What an agent of a version gets to see of a call's input.</summary>
    private async Task<CheckedValue> DeclaredAsync(StepCall call, string version) =>
        await GrainFactory.Get<IAgentGrain>(call.Agent).GetVersionAsync(version) is { } manifest
            ? SchemaCheck.Declared(manifest.InputSchema, call.Input)
            : new CheckedValue(call.Input, [], []);

    /// <summary>The call's input as it was recorded, when it is the recorded call; otherwise null.</summary>
    private async Task<CheckedValue?> AsRecordedAsync(StepCall call, RecordedCall recorded)
    {
        if (Replay.IsSame(recorded, call))
        {
            return new CheckedValue(call.Input, [], []);
        }

        if (recorded.Agent != call.Agent)
        {
            return null;
        }

        var declared = await DeclaredAsync(call, recorded.AgentVersion);
        return !declared.Dropped.IsEmpty && declared.Value.SameAs(recorded.Input) ? declared : null;
    }

    /// <summary>Why a step may not make a call as the task stands now; null when it may.</summary>
    private StepFailure? RefuseCall(StepCall call)
    {
        if (Record.Ended || Record.Step(call.StepId) is not { } caller || !caller.IsAt(call.Attempt))
        {
            return TaskRules.StepEnded;
        }

        if (UndoRules.Refuse(caller, call.Key) is { } over)
        {
            return over;
        }

        if (!HistoryRules.IsKey(call.Key) || caller.History.ContainsKey(call.Key))
        {
            return HistoryRules.Mismatch(TaskRules.Short(call.Key), "something else", $"a call of {TaskRules.Short(call.Agent)}");
        }

        var undoes = UndoCommandIds.Has(call.Key);
        return caller.IsScopeCanceled(call.Key) && !undoes
            ? HistoryRules.Withdrawn
            : TaskRules.RefuseCall(Record, caller, _options, undoes)
                ?? TaskBytes.Refuse(Record, call.Input.Length, _options, undoes) ?? TaskArtifacts.RefuseToPass(Record, caller, call.Input);
    }

    private static StepFailure? Refusal(AgentManifest? agent, CheckedValue? declared, StepCall call)
    {
        if (agent is null)
        {
            return TaskRules.Failure("agent_not_found", $"There is no agent '{TaskRules.Short(call.Agent)}'.");
        }

        if (call.Input.Length > agent.MaxInputBytes)
        {
            return TaskRules.Failure("input_too_large", $"{agent.Key} takes at most {agent.MaxInputBytes:N0} bytes.");
        }

        if (declared is { Errors: [var error, ..] })
        {
            return TaskRules.Failure("input_invalid", $"{agent.Key} {error.Path}: {declared.Sentence}");
        }

        return call.Role is null || Contracts.Messages.MessageTo.TryParse($"role:{call.Role}", out _)
            ? null
            : TaskRules.Failure("role_invalid", "A role has 1 to 100 lower-case letters, digits and / _ . - in it.");
    }

    private async Task<StepCallResult> ResultAsync(int stepId)
    {
        if (!Record.Step(stepId)!.Ended)
        {
            if (!_callers.TryGetValue(stepId, out var waiting))
            {
                _callers[stepId] = waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            try
            {
                return await waiting.Task.WaitAsync(_options.MaxWait, _clock);
            }
            catch (TimeoutException)
            {
                return Record.Step(stepId) is { State: StepState.Waiting }
                    ? StepCallResult.StillRunning with { Waits = true }
                    : StepCallResult.StillRunning;
            }
        }

        var step = Record.Step(stepId)!;
        if (!step.Request.BuiltIn || !CallerIsInside(step))
        {
            await _log.DurableAsync();
        }

        return Result(step);
    }

    private StepCallResult Failed(StepFailure failure) => new(null, failure, _clock.GetUtcNow());

    private StepCallResult Result(StepRecord step) => step.State switch
    {
        StepState.Completed => new StepCallResult(step.Output, null, step.EndedAt!.Value)
        {
            Undoable = UndoRules.IsUndoable(Record, step),
            Early = _log.IsDurable ? null : _activation,
        },
        StepState.Failed => new StepCallResult(null, step.Failure, step.EndedAt!.Value),
        _ => new StepCallResult(
            null, TaskRules.Failure(TaskRules.CanceledCode, "The call was cancelled."), step.EndedAt!.Value),
    };

    private void TellCallers()
    {
        foreach (var (stepId, caller) in _callers.ToArray())
        {
            if (Record.Step(stepId) is { Ended: true } step)
            {
                _callers.Remove(stepId);
                caller.TrySetResult(Result(step));
            }
        }
    }
}
