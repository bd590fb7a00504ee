using System.Collections.Immutable;
using System.Text.Json;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.Web.Shared.Http;

namespace Orkestron.Web.Features.Tasks.Mapping;

/// <summary>Derives from a task which agents received which content. Pure.</summary>
internal static class Disclosures
{
    /// <summary>One disclosure for each step that an agent was called for, in order. Reused steps disclose nothing again.</summary>
    public static ImmutableArray<Disclosure> Of(TaskView task)
    {
        var input = task.Input.ToOptionalElement();
        return [.. task.Steps.Where(static step => step.ReusedFrom is null).Select(step => Of(step, input, task.Input))];
    }

    // Files that the agent could read are listed even if it did not read them.
    private static ImmutableArray<DisclosedFile> Files(StepView step, Payload? given)
    {
        var known = step.Files.IsDefault ? [] : step.Files;
        var unread = given is null
            ? []
            : ArtifactReference.In(given.Utf8).Select(static each => each.Id).Distinct().Except(known.Select(static file => file.Id));
        return
        [
            .. known.Select(static file => new DisclosedFile(ArtifactReference.Of(file.Id), file.Made, file.At)),
            .. unread.Select(static id => new DisclosedFile(ArtifactReference.Of(id), false, null)),
        ];
    }

    private static Disclosure Of(StepView step, JsonElement? taskInput, Payload? input)
    {
        // The input of the root step is that of the task.
        var given = step.Id == 1 ? taskInput : step.Input.ToOptionalElement();
        var provider = step.Agent.Split('/')[0];
        return new Disclosure
        {
            StepId = step.Id,
            ParentId = step.ParentId,
            Provider = provider,
            Agent = step.Agent,
            AgentVersion = step.AgentVersion,
            InsidePlatform = step.KeepsInside,
            Recipient = step.KeepsInside ? null : step.Recipient ?? provider,
            At = step.RequestedAt,
            // An attempt that has not started has received nothing yet.
            StartedAt = step.StartedAt ?? (step.Runs is [.., var last] ? last.StartedAt : null),
            Attempts = step.State is StepState.Requested or StepState.Retrying && step.Attempt > 1 ? step.Attempt - 1 : step.Attempt,
            Fields = given is { } content ? SharedFields.Of(content) : null,
            TaskFields = (given, taskInput) switch
            {
                ({ } root, _) when step.Id == 1 => SharedFields.Of(root),
                ({ } part, { } whole) => SharedFields.In(whole, part),
                _ => null,
            },
            Files = Files(step, step.Id == 1 ? input : step.Input),
        };
    }
}
