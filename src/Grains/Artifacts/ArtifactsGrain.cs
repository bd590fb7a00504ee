using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Artifacts;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Artifacts;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Artifacts;

[GrainType("artifacts")]
internal sealed class ArtifactsGrain(
    [PersistentState("artifacts", StorageNames.Cold)] IPersistentState<ArtifactsRecord> stored,
    IFileStore files,
    TimeProvider clock,
    IOptions<ArtifactOptions> options) : Grain, IArtifactsGrain
{
    private Dictionary<Guid, ArtifactEntry> Files => stored.State.Files;

    private string Subject => this.GetPrimaryKey().ToString("N");

    public Task<Refusal?> RefuseAsync(long size) => Task.FromResult(Refuse(size));

    public async Task<Outcome<ArtifactView>> AddAsync(AddArtifact command)
    {
        if (Files.TryGetValue(command.Id, out var known))
        {
            // The user's own upload of what an agent made is the user's own from now on.
            var changed = command.TaskId is { } by ? known.Tasks.Add(by) : known.MadeBy is not null;
            known.MadeBy = command.TaskId is null ? null : known.MadeBy;
            if (changed)
            {
                await stored.SaveAsync(this);
            }

            return View(command.Id, known);
        }

        if (Refuse(command.Size) is { } refusal)
        {
            return refusal;
        }

        var entry = new ArtifactEntry
        {
            FileId = command.FileId,
            Size = command.Size,
            Sealed = command.Sealed,
            CreatedAt = clock.GetMicrosecond(),
            MadeBy = command.TaskId,
        };
        if (command.TaskId is { } task)
        {
            entry.Tasks.Add(task);
        }

        Files.Add(command.Id, entry);
        await stored.SaveAsync(this);
        return View(command.Id, entry);
    }

    public Task<ArtifactView?> GetAsync(Guid id)
    {
        if (Files.Count == 0)
        {
            // Guessed ids must not fill the memory.
            DeactivateOnIdle();
        }

        return Task.FromResult(Files.TryGetValue(id, out var entry) ? View(id, entry) : null);
    }

    public Task<ArtifactPage> ListAsync(string? after, int limit)
    {
        limit = Math.Clamp(limit, 1, 100);
        var all = Files.OrderByDescending(static file => file.Value.CreatedAt).ThenByDescending(static file => file.Key).ToArray();
        var from = after is null ? 0 : After(all, after);
        var page = all.Skip(from).Take(limit).ToArray();
        return Task.FromResult(new ArtifactPage(
            [.. page.Select(static file => View(file.Key, file.Value))],
            from + page.Length < all.Length ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].Value.CreatedAt.UtcTicks}_{page[^1].Key:N}") : null,
            stored.State.Bytes,
            options.Value.MaxUserBytes));
    }

    // By its instant, so that the page after a file that was deleted meanwhile is still the page after it.
    private static int After(KeyValuePair<Guid, ArtifactEntry>[] all, string after)
    {
        if (Guid.TryParseExact(after, "N", out var known))
        {
            var at = Array.FindIndex(all, file => file.Key == known);
            return at < 0 ? all.Length : at + 1;
        }

        if (after.Split('_') is not [var instant, var id]
            || !long.TryParse(instant, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            || !Guid.TryParseExact(id, "N", out var last))
        {
            return all.Length;
        }

        var next = Array.FindIndex(all, file => (file.Value.CreatedAt.UtcTicks, file.Key).CompareTo((ticks, last)) < 0);
        return next < 0 ? all.Length : next;
    }

    public async Task<Refusal?> DeleteAsync(Guid id)
    {
        if (!Files.TryGetValue(id, out var entry))
        {
            return Domain.Refuse.With(RefusalCode.NotFound, "There is no such file among yours. Check the id.");
        }

        foreach (var task in entry.Tasks.ToArray())
        {
            // A submission that did not get through, or a release that was lost, leaves its entry here; the task knows.
            if (await GrainFactory.Get<ITaskStepsGrain>(task).UsesArtifactAsync(id))
            {
                return Domain.Refuse.With(
                    RefusalCode.Conflict, $"Task {task} uses this file. Delete it when the task has ended, or cancel the task.");
            }
        }

        await RemoveAsync([(id, entry)]);
        return null;
    }

    public async Task<ImmutableArray<Guid>> HoldAsync(Guid taskId, ImmutableArray<Guid> ids)
    {
        ImmutableArray<Guid> missing = [.. ids.Where(id => !Files.ContainsKey(id))];
        if (missing.IsEmpty)
        {
            foreach (var id in ids)
            {
                Files[id].Tasks.Add(taskId);
            }

            await stored.SaveAsync(this);
        }

        return missing;
    }

    public async Task ReleaseAsync(Guid taskId, ImmutableArray<Guid> named)
    {
        var released = Files.Where(file => file.Value.Tasks.Contains(taskId)).ToArray();
        if (released.Length == 0)
        {
            return;
        }

        var unwanted = new List<(Guid, ArtifactEntry)>();
        foreach (var (id, entry) in released)
        {
            entry.Tasks.Remove(taskId);
            if (entry.MadeBy == taskId && named.Contains(id))
            {
                entry.MadeBy = null;
            }
            else if (entry.MadeBy == taskId && entry.Tasks.Count == 0)
            {
                unwanted.Add((id, entry));
            }
        }

        await RemoveAsync(unwanted);
    }

    public Task<bool> OwnsAsync(Guid fileId) => Task.FromResult(Files.Values.Any(file => file.FileId == fileId));

    /// <summary>Stores the state without these, then deletes their content: what a crash leaves of it is swept.</summary>
    private async Task RemoveAsync(IReadOnlyList<(Guid Id, ArtifactEntry Entry)> unwanted)
    {
        foreach (var (id, entry) in unwanted)
        {
            await files.MarkForDeletionAsync(Subject, entry.FileId);
            Files.Remove(id);
        }

        await stored.SaveAsync(this);
        foreach (var (_, entry) in unwanted)
        {
            await files.DeleteAsync(entry.FileId);
        }
    }

    private Refusal? Refuse(long size)
    {
        var limits = options.Value;
        if (size > limits.MaxFileBytes)
        {
            return Domain.Refuse.With(RefusalCode.TooLarge, $"A file has at most {limits.MaxFileBytes:N0} bytes.");
        }

        return Files.Count >= limits.MaxFiles || stored.State.Bytes + size > limits.MaxUserBytes
            ? Domain.Refuse.With(
                RefusalCode.QuotaReached,
                $"You have {Files.Count:N0} files of {stored.State.Bytes:N0} bytes; you may have {limits.MaxFiles:N0} of "
                    + $"{limits.MaxUserBytes:N0} bytes together. Delete files that you do not need.")
            : null;
    }

    private static ArtifactView View(Guid id, ArtifactEntry entry) =>
        new(id, entry.FileId, entry.Size, entry.Sealed, entry.CreatedAt, entry.Tasks.Count > 0);
}
