using Microsoft.AspNetCore.SignalR;
using Orkestron.Contracts.Artifacts;
using Orkestron.Contracts.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Web.Features.Providers;

/// <summary>Makes the addresses at which processes of providers read and upload the files of their steps.</summary>
internal sealed class ProviderFiles(IGrainFactory grains, ArtifactLinks links)
{
    /// <exception cref="HubException">The reference is malformed.</exception>
    public Task<StepFileLink> OpenAsync(StepTicket ticket, string? reference) =>
        ArtifactReference.TryRead(reference, out var id)
            ? LinkAsync(ticket, ArtifactUse.Open, id)
            : throw new HubException("invalid: Name a file by artifact: followed by its id.");

    public Task<StepFileLink> CreateAsync(StepTicket ticket) => LinkAsync(ticket, ArtifactUse.Make, Guid.Empty);

    private async Task<StepFileLink> LinkAsync(StepTicket ticket, ArtifactUse use, Guid id)
    {
        var step = ticket.Step;
        var grant = await grains.Get<ITaskStepsGrain>(step.TaskId)
            .ArtifactAsync(new ArtifactRequest(step.StepId, step.Attempt, use, id));
        if (grant.Failure is { } failure)
        {
            return new StepFileLink(null, default, failure.ToAgentFailure());
        }

        var (url, expiresAt) = links.Seal(ticket, use, id, grant.Until);
        return new StepFileLink(url, expiresAt, null);
    }
}
