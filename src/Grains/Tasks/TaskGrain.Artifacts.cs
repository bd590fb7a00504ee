using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Artifacts;

namespace Orkestron.Grains.Tasks;

// The files that a task was given, and that its steps read and make.
internal sealed partial class TaskGrain
{
    public async Task<ArtifactGrant> ArtifactAsync(ArtifactRequest request)
    {
        var (fact, failure) = TaskArtifacts.Decide(Record, request, _artifactOptions);
        if (failure is not null)
        {
            return new ArtifactGrant(Guid.Empty, default, failure);
        }

        // Content is handed out only after the record that it is.
        if (fact is not null)
        {
            await _log.AppendAsync([fact]);
            _pulse.Ring();
        }
        else
        {
            await _log.DurableAsync();
        }

        return new ArtifactGrant(Record.Submission!.UserId, Record.Submission.Deadline, null);
    }

    public Task<bool> UsesArtifactAsync(Guid artifactId) => Task.FromResult(Record.Exists
        ? !Record.Closed && TaskArtifacts.Of(Record).Contains(artifactId)
        : _submitting is { IsCompleted: false });

    /// <summary>Keeps the files that an input names; why not, when its owner lacks one of them.</summary>
    private async Task<Refusal?> HoldArtifactsAsync(SubmitTask command)
    {
        var given = ArtifactReference.In(command.Input.Utf8);
        if (given.Count == 0)
        {
            return null;
        }

        if (given.Count > _artifactOptions.MaxTaskFiles)
        {
            return Refuse.With(RefusalCode.TooLarge, $"A task is given at most {_artifactOptions.MaxTaskFiles} files.");
        }

        var missing = await GrainFactory.Get<IArtifactsGrain>(command.UserId)
            .HoldAsync(Id, [.. given.Select(static each => each.Id).Distinct()]);
        return missing.IsEmpty
            ? null
            : new Refusal(RefusalCode.InputInvalid, "The input names a file that does not exist among yours.")
            {
                Errors =
                [
                    .. given.Where(each => missing.Contains(each.Id)).Take(20).Select(static each =>
                        new FieldError(each.Pointer, "There is no such file among yours. Upload it with POST /api/v1/artifacts.")),
                ],
            };
    }

    private async Task ReleaseArtifactsAsync()
    {
        if (!TaskArtifacts.Of(Record).IsEmpty)
        {
            await GrainFactory.Get<IArtifactsGrain>(Record.Submission!.UserId).ReleaseAsync(Id, TaskArtifacts.Named(Record));
        }
    }

    /// <summary>A submission that did not get through keeps no files. What this leaves undone, a deletion finds out.</summary>
    private void DropArtifacts(SubmitTask command)
    {
        if (ArtifactReference.In(command.Input.Utf8).Count > 0)
        {
            GrainFactory.Get<IArtifactsGrain>(command.UserId).ReleaseAsync(Id, []).Ignore();
        }
    }
}
