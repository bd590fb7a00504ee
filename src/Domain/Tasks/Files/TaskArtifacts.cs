using System.Collections.Immutable;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain.Artifacts;

namespace Orkestron.Domain.Tasks;

/// <summary>
/// Which files the steps of a task may use: each those that its input names, that it made, that a step it called has
/// answered with, and that a message to it names. A step can pass on only what it may use itself, so the right narrows with each
/// call. Pure.
/// </summary>
internal static class TaskArtifacts
{
    /// <summary>Decides a step's request: the failure, or the fact to record, or neither when it is recorded.</summary>
    public static (TaskEvent? Fact, StepFailure? Failure) Decide(
        TaskRecord task, ArtifactRequest request, ArtifactOptions options)
    {
        if (task.Ended || task.Step(request.StepId) is not { Outstanding: true } step || step.Attempt != request.Attempt)
        {
            return (null, StepFailures.Of(StepFailures.CanceledCode, "The step has ended."));
        }

        if (request.Use == ArtifactUse.Open)
        {
            return !MayUse(task, step, request.ArtifactId)
                ? (null, NotFound(request.ArtifactId))
                : (step.Opened.ContainsKey(request.ArtifactId) ? null : new StepOpened(step.Id, request.ArtifactId), null);
        }

        if (step.Made.ContainsKey(request.ArtifactId))
        {
            return (null, null);
        }

        if (task.Steps.Sum(static each => each.Made.Count) >= options.MaxMadeFiles)
        {
            return (null, StepFailures.Of(TaskArtifactCodes.TooMany, $"The steps of a task make at most {options.MaxMadeFiles} files."));
        }

        return (request.Use == ArtifactUse.Made ? new StepMade(step.Id, request.ArtifactId) : null, null);
    }

    /// <summary>The first file in a text that a step may not use; null when it may use all.</summary>
    public static StepFailure? RefuseToPass(TaskRecord task, StepRecord step, Payload content)
    {
        foreach (var (_, id) in ArtifactReference.In(content.Utf8))
        {
            if (!MayUse(task, step, id))
            {
                return NotFound(id);
            }
        }

        return null;
    }

    public static bool MayUse(TaskRecord task, StepRecord step, Guid id) =>
        step.Made.ContainsKey(id)
        || Names(step.Id == 1 ? task.Input : step.Request.Content, id)
        || task.Messages.Exists(message => message.TakenBy == step.Id && message.Artifacts.Contains(id))
        || task.CallsOf(step.Id).Any(child => Names(child.Output, id) && MayUse(task, child, id));

    /// <summary>All files that a task was given or that its steps made.</summary>
    public static ImmutableArray<Guid> Of(TaskRecord task) =>
        [.. Given(task.Input).Concat(task.Steps.SelectMany(static step => step.Made.Keys)).Distinct()];

    /// <summary>The files that stand in its steps' answers.</summary>
    public static ImmutableArray<Guid> Named(TaskRecord task) =>
        [.. task.Steps.SelectMany(static step => Given(step.Output)).Distinct()];

    /// <summary>The files that stand in a text.</summary>
    public static IEnumerable<Guid> Given(Payload? content) =>
        content is null ? [] : ArtifactReference.In(content.Utf8).Select(static each => each.Id);

    private static bool Names(Payload? content, Guid id) => Given(content).Contains(id);

    private static StepFailure NotFound(Guid id) => StepFailures.Of(
        TaskArtifactCodes.NotFound, $"There is no file {ArtifactReference.Of(id)} that this step may use: a step may use those that its input names, that it made, and that an agent it called answered with.");
}
