using Orkestron.Contracts.Artifacts;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Artifacts;

namespace Orkestron.Grains.Tasks;

/// <summary>The files that a task was given, and that its steps read and make.</summary>
internal sealed class TaskFiles(TaskContext context, ArtifactOptions options)
{
    private const int MaxErrors = 20;

    /// <summary>Lets a step read a file, or make one.</summary>
    public async Task<ArtifactGrant> GrantAsync(ArtifactRequest request)
    {
        var (fact, failure) = TaskArtifacts.Decide(context.Record, request, options);
        if (failure is not null)
        {
            return new ArtifactGrant(Guid.Empty, default, failure);
        }

        // Content is handed out only after the record that it is.
        if (fact is not null)
        {
            await context.AppendAsync([fact]);
        }
        else
        {
            await context.Log.DurableAsync();
        }

        return new ArtifactGrant(context.Record.Submission!.UserId, context.Record.Submission.Deadline, null);
    }

    /// <summary>Keeps the files that an input names; why not, when its owner lacks one of them.</summary>
    public async Task<Refusal?> HoldAsync(SubmitTask command)
    {
        var given = ArtifactReference.In(command.Input.Utf8);
        if (given.Count == 0)
        {
            return null;
        }

        if (given.Count > options.MaxTaskFiles)
        {
            return Refuse.With(RefusalCode.TooLarge, $"A task is given at most {options.MaxTaskFiles} files.");
        }

        var missing = await FilesOf(command.UserId).HoldAsync(context.Id, [.. given.Select(static each => each.Id).Distinct()]);
        return missing.IsEmpty
            ? null
            : new Refusal(RefusalCode.InputInvalid, "The input names a file that does not exist among yours.")
            {
                Errors =
                [
                    .. given.Where(each => missing.Contains(each.Id)).Take(MaxErrors).Select(static each =>
                        new FieldError(each.Pointer, "There is no such file among yours. Upload it with POST /api/v1/artifacts.")),
                ],
            };
    }

    /// <summary>The task has ended: its owner may delete the files that it was given.</summary>
    public async Task ReleaseAsync()
    {
        if (!TaskArtifacts.Of(context.Record).IsEmpty)
        {
            await FilesOf(context.Record.Submission!.UserId).ReleaseAsync(context.Id, TaskArtifacts.Named(context.Record));
        }
    }

    /// <summary>A submission that was refused keeps no files. If this call is lost, a deletion finds out.</summary>
    public void Drop(SubmitTask command)
    {
        if (ArtifactReference.In(command.Input.Utf8).Count > 0)
        {
            FilesOf(command.UserId).ReleaseAsync(context.Id, []).Ignore();
        }
    }

    private IArtifactsGrain FilesOf(Guid userId) => context.Grains.Get<IArtifactsGrain>(userId);
}
