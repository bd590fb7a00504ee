using System.Collections.Immutable;

namespace Orkestron.Domain.Tasks;

/// <summary>What a task takes over from an earlier one. Pure.</summary>
internal static class Replay
{
    /// <summary>The steps above a step, from the root, each with the place of its code that leads there.</summary>
    public static ImmutableArray<ReplayPart> PathTo(TaskRecord task, StepRecord step)
    {
        var path = new Stack<ReplayPart>();
        for (var at = step; at.Request is { ParentId: { } parent, Call: { } key } && task.Step(parent) is { } above; at = above)
        {
            path.Push(new ReplayPart(parent, key));
        }

        return [.. path];
    }

    /// <summary>What is recorded at a place. An answer that was erased is none, and one that names files is
    /// none either: those belong to the task that made them.</summary>
    public static RecordedCommand At(TaskRecord task, int stepId, string key)
    {
        // What was undone is done again.
        if (task.CanUndo && task.CallsOf(stepId).Any(undo => undo.State == StepState.Completed
            && undo.Request.Undoes is { } place && (place == key || key.StartsWith(place + ".", StringComparison.Ordinal))))
        {
            return new RecordedCommand(null, null);
        }

        if (task.Child(stepId, key) is { } call)
        {
            return new RecordedCommand(
                new RecordedCall(
                    call.Id,
                    call.Request.Agent,
                    call.Request.AgentVersion,
                    call.Request.Content,
                    call.State == StepState.Completed && !TaskArtifacts.Given(call.Output).Any() ? call.Output : null,
                    call.Failure,
                    call.Request.KeepsInside,
                    call.Request.Recipient),
                null);
        }

        return task.Step(stepId)?.History.GetValueOrDefault(key) is { } entry
            ? new RecordedCommand(null, new RecordedEntry(entry.Kind, entry.Content, entry.Answer) { Dropped = entry.Dropped })
            : new RecordedCommand(null, null);
    }

    /// <summary>Whether the call is the recorded one: the same agent with the same input.</summary>
    public static bool IsSame(RecordedCall recorded, StepCall call) => recorded.Agent == call.Agent && call.Input.SameAs(recorded.Input);

    /// <summary>The facts of a call that takes the recorded end over; none when there is no end.</summary>
    public static IReadOnlyList<TaskEvent> Reuse(int id, StepCall call, RecordedCall recorded, Guid source)
    {
        if (recorded is { Output: null, Failure: null })
        {
            return [];
        }

        return
        [
            new StepRequested(
                id,
                call.StepId,
                call.Key,
                recorded.Agent,
                recorded.AgentVersion,
                0,
                recorded.KeepsInside,
                recorded.Recipient)
            { Content = call.Input },
            new StepReused(id, source, recorded.StepId, recorded.Failure?.Code, recorded.Failure?.Refused ?? false)
            {
                Content = recorded.Failure is { } failure ? StepFailures.Text(failure.Message) : recorded.Output,
            },
        ];
    }

    /// <summary>The events of an entry that takes the recorded one over; none when it is another one, or still open.</summary>
    public static IReadOnlyList<TaskEvent> Reuse(HistoryRequest request, RecordedEntry recorded, DateTimeOffset now) =>
        recorded.Kind != request.Kind ? [] : recorded switch
        {
            { Kind: HistoryKind.Timer } => [new StepWaits(request.StepId, request.Key, now, true)],
            { Kind: HistoryKind.Question, Content: { } question, Answer: { } answer } when question.SameAs(request.Content) =>
            [
                new StepAsked(request.StepId, request.Key, true) { Content = question },
                new StepAnswered(request.StepId, request.Key) { Content = answer },
                .. recorded.Dropped is { } dropped
                ? [new StepTrimmed(request.StepId, request.Key) { Content = dropped }]
                : Array.Empty<TaskEvent>(),
            ],
            { Kind: HistoryKind.Value, Content: { } value } =>
                [new StepValueRecorded(request.StepId, request.Key, true) { Content = value }],
            _ => [],
        };
}
