using Orkestron.Contracts.Tasks;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Maps tasks from grains to the API.</summary>
internal static class TaskMapping
{
    public static TaskDetail ToDetail(this TaskView task, TaskWindow window)
    {
        var values = new InlineValues(window);
        // The result comes first; the other values share the remaining room.
        var result = values.Always(task.Result);
        var (input, inputRef) = values.Put(task.Input, 1, "input");
        var (steps, next) = window.Steps(task);
        return new TaskDetail
        {
            Id = task.Id,
            Agent = task.Agent,
            AgentVersion = task.AgentVersion,
            State = task.State.Word(),
            StatusMessage = task.StatusMessage,
            FailureCode = task.FailureCode,
            Input = input,
            InputRef = inputRef,
            DroppedMembers = task.DroppedMembers.IsDefaultOrEmpty ? null : task.DroppedMembers,
            Steps = [.. steps.Select(step => step.ToDetail(values))],
            StepsNext = next,
            Result = result,
            Partial = task.Partial,
            Cost = new TaskCost(
                new Tokens(task.HeldMicro), new Tokens(task.ChargedMicro), new Tokens(task.RefundedMicro), task.Settled),
            Sequence = task.Sequence,
            CreatedAt = task.CreatedAt,
            EndedAt = task.EndedAt,
            Deadline = task.Deadline,
            QueuePosition = task.QueuePosition,
            SharedUntil = task.SharedUntil,
            Questions = [.. task.Questions.Select(static question => new TaskQuestion(
                question.Id,
                question.StepId,
                question.Prompt,
                question.Schema.ToElement(),
                question.Subject.ToOptionalElement(),
                question.AskedAt)
            { AnswerBy = question.AnswerBy })],
            RetryOf = task.RetryOf.ToReference(),
            WaitingFor = task.WaitingFor.ToWait(),
        }.With(task.Terms);
    }

    public static TaskListItem ToItem(this TaskSummary task) => new(
        task.Id,
        task.Agent,
        task.State,
        task.CreatedAt,
        task.EndedAt,
        new Tokens(task.HeldMicro),
        new Tokens(task.ChargedMicro),
        task.FailureCode);

    /// <summary>A step with its values or references to them; without both when <paramref name="values"/> is null.</summary>
    public static StepDetail ToDetail(this StepView step, InlineValues? values = null)
    {
        var (input, inputRef) = values?.Put(step.Input, step.Id, "input") ?? default;
        var (output, outputRef) = values?.Put(step.Output, step.Id, "output") ?? default;
        return new StepDetail
        {
            Id = step.Id,
            ParentId = step.ParentId,
            Agent = step.Agent,
            AgentVersion = step.AgentVersion,
            State = Name(step.State),
            Attempt = step.Attempt,
            RequestedAt = step.RequestedAt,
            StartedAt = step.StartedAt,
            EndedAt = step.EndedAt,
            Price = new Tokens(step.PriceMicro),
            Cost = new Tokens(step.CostMicro),
            Percent = step.Percent,
            Message = step.Message,
            FailureCode = step.FailureCode,
            RetryAt = step.RetryAt,
            Input = input,
            InputRef = inputRef,
            DroppedMembers = step.DroppedMembers.IsDefaultOrEmpty ? null : step.DroppedMembers,
            Output = output,
            OutputRef = outputRef,
            Key = step.Key,
            ReusedFrom = step.ReusedFrom.ToReference(),
            Runs = [.. step.Runs.Select(run => new StepRunSpan(run.StartedAt, run.EndedAt)
            {
                Attempt = run.Attempt > 0 ? run.Attempt : null,
                Failure = run.Failure,
                Output = run.Failure is null ? null : step.Outputs.FirstOrDefault(output => output.Attempt == run.Attempt)?.Text,
            })],
            Marks = [.. step.History.Select(static mark => new StepMarkDetail(
                mark.Key, Name(mark.Kind), mark.At, mark.EndedAt, mark.Reused)
            { DroppedMembers = mark.DroppedMembers.IsDefaultOrEmpty ? null : mark.DroppedMembers })],
            WaitingFor = step.WaitingFor.ToWait(),
        };
    }

    private static TaskWait? ToWait(this WaitView? wait) =>
        wait is null ? null : new TaskWait(wait.Kind, wait.StepId, wait.Since, wait.Until, wait.LastSeenAt);

    private static StepReference? ToReference(this StepRef? step) =>
        step is null ? null : new StepReference(step.TaskId, step.StepId);

    private static string Name(HistoryKind kind) => kind switch
    {
        HistoryKind.Timer => "timer",
        HistoryKind.Question => "question",
        HistoryKind.Value => "value",
        HistoryKind.Message => "message",
        HistoryKind.Sent => "sent",
        HistoryKind.Reservation => "reservation",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of mark."),
    };

    private static string Name(StepState state) => state switch
    {
        StepState.Requested => "requested",
        StepState.Working => "working",
        StepState.Completed => "completed",
        StepState.Failed => "failed",
        StepState.Canceled => "canceled",
        StepState.Retrying => "retrying",
        StepState.Waiting => "waiting",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "Not a step state."),
    };
}
