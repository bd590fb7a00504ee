using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;

namespace Orkestron.Silo.Agents;

// Files: the task's grain grants access, the store has the content.
internal sealed partial class BuiltInPort
{
    public async Task<AgentArtifact> OpenArtifactAsync(string reference, CancellationToken cancellationToken)
    {
        if (!ArtifactReference.TryRead(reference, out var id))
        {
            throw NoArtifact(reference);
        }

        var grant = await GrantAsync(ArtifactUse.Open, id, cancellationToken);
        var opened = await retry.SendAsync(() => files.OpenAsync(grant.OwnerId, id), cancellationToken);
        return opened.Accepted
            ? new AgentArtifact(
                opened.Value.Artifact.Name, opened.Value.Artifact.MediaType, opened.Value.Artifact.Size, opened.Value.Content)
            : throw NoArtifact(reference);
    }

    public async Task<string> CreateArtifactAsync(
        string name, string mediaType, Stream content, CancellationToken cancellationToken)
    {
        var grant = await GrantAsync(ArtifactUse.Make, Guid.Empty, cancellationToken);
        // Not retried: the content may be readable only once.
        var saved = await files.SaveAsync(grant.OwnerId, name, mediaType, content, null, work.TaskId, cancellationToken);
        if (saved.Refusal is { } refusal)
        {
            throw new AgentFailedException(refusal.Detail) { Code = CodeOf(refusal.Code) };
        }

        await GrantAsync(ArtifactUse.Made, saved.Value!.Id, cancellationToken);
        return ArtifactReference.Of(saved.Value.Id);
    }

    private async Task<ArtifactGrant> GrantAsync(ArtifactUse use, Guid id, CancellationToken cancellationToken)
    {
        var grant = await retry.SendAsync(
            () => task.ArtifactAsync(new ArtifactRequest(work.StepId, work.Attempt, use, id)), cancellationToken);
        return grant.Failure is { } failure ? throw Failed(failure) : grant;
    }

    private static AgentFailedException NoArtifact(string reference) =>
        new($"There is no file '{(reference.Length <= 60 ? reference : reference[..60])}' that this step may use.")
        {
            Code = TaskArtifactCodes.NotFound,
        };

    private static string CodeOf(RefusalCode code) => code switch
    {
        RefusalCode.TooLarge => TaskArtifactCodes.TooLarge,
        RefusalCode.QuotaReached => TaskArtifactCodes.Quota,
        _ => TaskArtifactCodes.NotFound,
    };
}
