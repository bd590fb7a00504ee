using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Silo.Artifacts;
using Orkestron.Web.Shared.Forms;

namespace Orkestron.Web.Features.Agents.Run;

/// <summary>Stores the files of a run form and submits its input as a task.</summary>
internal sealed class RunSubmission(IGrainFactory grains, ArtifactFiles files, TimeProvider clock)
{
    /// <summary>Stores the files that were posted with the form.</summary>
    /// <returns>The references of the stored files by the fields' paths, and the first refusal.</returns>
    public async Task<(IReadOnlyDictionary<string, string> References, Refusal? Refusal)> UploadAsync(
        AgentManifest agent, Guid userId, IFormCollection posted, CancellationToken stop)
    {
        var references = new Dictionary<string, string>(StringComparer.Ordinal);
        Refusal? refusal = null;
        foreach (var field in RunDraft.Files(RunDraft.Of(agent, posted).Form))
        {
            if (posted.Files[FieldNames.Upload(field.Path)] is not { Length: > 0 } file)
            {
                continue;
            }

            await using var content = file.OpenReadStream();
            var saved = await files.SaveAsync(userId, file.FileName, file.ContentType, content, file.Length, null, stop);
            refusal ??= saved.Refusal;
            if (saved.Accepted)
            {
                references[field.Path] = ArtifactReference.Of(saved.Value.Id);
            }
        }

        return (references, refusal);
    }

    /// <summary>
    /// Submits the task. The same form sent twice is one task; a form that was changed after it was sent is a new task.
    /// </summary>
    /// <param name="userId">Who pays.</param>
    /// <param name="draft">The agent and the input.</param>
    /// <param name="submission">The form's id.</param>
    /// <param name="agreed">The price that the form showed; null when it is unknown.</param>
    /// <param name="timeLimit">How long the task may take; null for the default.</param>
    public async Task<Outcome<TaskView>> SubmitAsync(
        Guid userId, RunDraft draft, Guid submission, AgentPricing? agreed, TimeSpan? timeLimit)
    {
        var command = new SubmitTask(userId, draft.Agent.Key, draft.Input, null, null)
        {
            AgreedPriceMicro = agreed?.QuoteMicro(draft.Input.Length),
            AgreedHoldMicro = agreed?.HoldMicro(draft.Input.Length),
            TimeLimit = timeLimit,
        };
        var submitted = await SubmitAsync(submission, command);
        return submitted.Refusal is { Code: RefusalCode.Conflict }
            ? await SubmitAsync(Guid.CreateVersion7(clock.GetUtcNow()), command)
            : submitted;
    }

    private Task<Outcome<TaskView>> SubmitAsync(Guid submission, SubmitTask command) =>
        grains.GetGrain<ITaskGrain>(TaskIds.Derive(command.UserId, $"page:{submission:N}")).SubmitAsync(command);
}
