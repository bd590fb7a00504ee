using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Grains.Tasks;

/// <summary>The owner's answers to questions of a task's agents.</summary>
internal sealed class TaskQuestions(TaskContext context, TaskIdling idling, TaskProgress progress)
{
    /// <summary>Records an answer; the same one again changes nothing.</summary>
    public async Task<Outcome<TaskView>> AnswerAsync(AnswerQuestion command)
    {
        if (!context.IsOwnedBy(command.UserId))
        {
            return TaskContext.NotFound();
        }

        var (facts, refusal) = AnswerRules.Decide(context.Record, command, context.Options);
        if (refusal is not null)
        {
            return refusal;
        }

        if (facts.Count > 0)
        {
            await context.AppendAsync(facts, task => idling.RowOf(task, listed: true));
            await progress.WakeAsync();
        }

        return await context.ViewAsync();
    }
}
