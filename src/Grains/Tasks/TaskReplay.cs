using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>
/// Going on from a step of an earlier task. What was recorded before that step is looked up when an agent comes to its place, and
/// recorded here: from then on the earlier task is not needed for it.
/// </summary>
internal sealed class TaskReplay(TaskContext context)
{
    private ReplaySource? _source;

    /// <summary>What a later task needs to go on from a step of this one.</summary>
    public async Task<Outcome<ReplaySource>> SourceAsync(Guid userId, int stepId)
    {
        var task = context.Record;
        if (!context.IsOwnedBy(userId))
        {
            return TaskContext.NotFound();
        }

        if (task.Step(stepId) is not { } step)
        {
            return Refuse.With(RefusalCode.NotFound, $"The task has no step {stepId}: its steps are 1 to {task.Steps.Count}.");
        }

        if (!task.Ended && stepId > 1)
        {
            return Refuse.With(
                RefusalCode.TaskRunning, "The task has not ended. Wait for its end or cancel it, then go on from a step.");
        }

        if (stepId > 1 && task.Messages.Count > 0)
        {
            return Refuse.With(
                RefusalCode.Invalid, "The agents of this task sent each other messages, which cannot be taken over. Run the whole task again.");
        }

        await context.Log.DurableAsync();
        return new ReplaySource(
            task.Submission!.Agent, task.Submission.AgentVersion, context.Record.Input,
            Replay.PathTo(context.Record, context.Record.Step(stepId)!));
    }

    /// <summary>What this task recorded at a place of a step's code.</summary>
    public async Task<RecordedCommand> RecordedAsync(Guid userId, int stepId, string key)
    {
        if (!context.IsOwnedBy(userId) || !context.Record.Ended)
        {
            return new RecordedCommand(null, null);
        }

        await context.Log.DurableAsync();
        return Replay.At(context.Record, stepId, key);
    }

    /// <summary>What a task that goes on from another one runs: where it takes records over, the version that made them.</summary>
    public async Task<Outcome<AgentManifest>> ChooseAsync(SubmitTask command, StepRef from)
    {
        var agent = context.Agent(command.Agent);
        var read = await context.Grains.Get<ITaskGrain>(from.TaskId).ReplaySourceAsync(command.UserId, from.StepId);
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
        var chosen = await agent.ChooseAsync(context.Id, command.UserId, command.Version);
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
    public async Task<(RecordedCommand Place, bool Before)?> RecordedBeforeAsync(StepRecord step, string key)
    {
        if (context.Record.Continues is not { } from || (step.Id == 1 ? 1 : step.Request.SourceStep) is not { } sourceStep)
        {
            return null;
        }

        var owner = context.Record.Submission!.UserId;
        var earlier = context.Grains.Get<ITaskGrain>(from.TaskId);
        _source ??= (await earlier.ReplaySourceAsync(owner, from.StepId)).Value;
        if (_source?.Path.FirstOrDefault(part => part.StepId == sourceStep) is not { } part)
        {
            return null;
        }

        var order = CommandIds.Compare(key, part.Before);
        return order > 0 ? null : (await earlier.RecordedAsync(owner, sourceStep, key), order < 0);
    }
}
