using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Tasks;

// Going on from a step of an earlier task. What was recorded before it is asked for when an agent comes to its place, and
// recorded here: from then on the earlier task is not needed for it.
internal sealed partial class TaskGrain
{
    private ReplaySource? _source;

    public async Task<Outcome<ReplaySource>> ReplaySourceAsync(Guid userId, int stepId)
    {
        if (!Owned(userId))
        {
            return NotFound();
        }

        if (Record.Step(stepId) is not { } step)
        {
            return Refuse.With(
                RefusalCode.NotFound, $"The task has no step {stepId}: its steps are 1 to {Record.Steps.Count}.");
        }

        if (!Record.Ended && stepId > 1)
        {
            return Refuse.With(
                RefusalCode.TaskRunning, "The task has not ended. Wait for its end or cancel it, then go on from a step.");
        }

        if (stepId > 1 && Record.Messages.Count > 0)
        {
            return Refuse.With(
                RefusalCode.Invalid, "The agents of this task sent each other messages, which cannot be taken over. Run the whole task again.");
        }

        await _log.DurableAsync();
        return new ReplaySource(
            Record.Submission!.Agent, Record.Submission.AgentVersion, Record.Input, Replay.PathTo(Record, step));
    }

    public async Task<RecordedCommand> RecordedAsync(Guid userId, int stepId, string key)
    {
        if (!Owned(userId) || !Record.Ended)
        {
            return new RecordedCommand(null, null);
        }

        await _log.DurableAsync();
        return Replay.At(Record, stepId, key);
    }

    /// <summary>What a task that goes on from another one runs: where it takes records over, the version that made them.</summary>
    private async Task<Outcome<AgentManifest>> ReplayedAsync(SubmitTask command, StepRef from)
    {
        var agent = GrainFactory.Get<IAgentGrain>(command.Agent);

        var read = await GrainFactory.Get<ITaskGrain>(from.TaskId).ReplaySourceAsync(command.UserId, from.StepId);
        if (read.Refusal is { } refusal)
        {
            return refusal;
        }

        _source = read.Value!;
        if (_source.Agent != command.Agent || !command.Input.SameAs(_source.Input))
        {
            return Refuse.With(
                RefusalCode.Invalid, "A task goes on from one of the same agent and input. For another input, submit it anew.");
        }

        // Also for a version that is kept: the agent may not be open to its user any more.
        var chosen = await agent.ChooseAsync(Id, command.UserId, command.Version);
        if (_source.Path.IsEmpty || !chosen.Accepted)
        {
            return chosen;
        }

        return await agent.GetVersionAsync(_source.AgentVersion) is { } kept
            ? kept
            : Refuse.With(
                RefusalCode.AgentVersionChanged,
                $"The task ran version {_source.AgentVersion} of {command.Agent}, which is not kept any more; the steps of the "
                + "version of now may be others. Run the whole task again: leave out the step, or say step 1.");
    }

    /// <summary>What the earlier task recorded at a place of a step's code, unless that lies behind where it begins anew.</summary>
    private async Task<(RecordedCommand Place, bool Before)?> RecordedBeforeAsync(StepRecord step, string key)
    {
        if (Record.Continues is not { } from || (step.Id == 1 ? 1 : step.Request.SourceStep) is not { } sourceStep)
        {
            return null;
        }

        var earlier = GrainFactory.Get<ITaskGrain>(from.TaskId);
        _source ??= (await earlier.ReplaySourceAsync(Record.Submission!.UserId, from.StepId)).Value;
        if (_source?.Path.FirstOrDefault(part => part.StepId == sourceStep) is not { } part)
        {
            return null;
        }

        var order = CommandIds.Compare(key, part.Before);
        return order > 0 ? null : (await earlier.RecordedAsync(Record.Submission!.UserId, sourceStep, key), order < 0);
    }

    /// <summary>Takes a recorded entry over, if there is one.</summary>
    private async Task ReuseEntryAsync(HistoryRequest request)
    {
        if (Record.Continues is null || Record.Step(request.StepId) is not { } step
            || !step.IsAt(request.Attempt) || step.History.ContainsKey(request.Key) || !HistoryRules.IsKey(request.Key)
            || await RecordedBeforeAsync(step, request.Key) is not { Before: true, Place.Mark: { } recorded })
        {
            return;
        }

        var facts = Replay.Reuse(request, recorded, _clock.GetUtcNow());
        if (facts.Count == 0 || Record.Ended || Record.Step(step.Id)!.History.ContainsKey(request.Key)
            || Record.Child(step.Id, request.Key) is not null)
        {
            return;
        }

        await _log.AppendAsync(facts);
        _pulse.Ring();
    }
}
