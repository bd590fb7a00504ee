using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Catalogue;

/// <summary>
/// The list of agents: rows of the journal, and an index of them in memory that changes once a row is durable. It takes one
/// change at a time; searches interleave.
/// </summary>
[GrainType("agent-registry")]
internal sealed partial class AgentRegistryGrain : Grain, IAgentRegistryGrain
{
    private const int MaxRowsAtOnce = 500;
    private readonly IPersistentState<RegistryRecord> _before;
    private readonly IJournal _journal;
    private readonly ILogger _logger;
    private readonly ListingIndex _index;
    private readonly EventStream<ListingsChanged, ListingEvent> _log;

    public AgentRegistryGrain(
        [PersistentState("agent-registry", StorageNames.Cold)] IPersistentState<RegistryRecord> before,
        IJournal journal,
        ISealer sealer,
        TimeProvider clock,
        IOptions<RegistryOptions> options,
        ILogger<AgentRegistryGrain> logger)
    {
        (_before, _journal, _logger, _index) = (before, journal, logger, new ListingIndex(options.Value));
        _log = new EventStream<ListingsChanged, ListingEvent>(
            ListingFold.Kind, Guid.Empty, journal, sealer, clock, this.DeactivateOnIdle);
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await _log.LoadAsync();
        // What an activation before this one has written is in the rows by now, and it writes no more.
        await _log.AppendAsync([new RegistryOpened()]);
        await foreach (var (agent, listing) in ListingRows.ReadAsync(_journal))
        {
            if (listing is null)
            {
                LogUnreadable(_logger, agent);
                continue;
            }

            _index.Put(listing);
        }

        await ImportAsync();
    }

    public async Task<Refusal?> ListAsync(AgentManifest manifest, DateTimeOffset publishedAt)
    {
        var listing = StoredListing.Of(manifest, publishedAt);
        if (_index.Has(listing))
        {
            return null;
        }

        if (_index.Refuse(listing) is { } full)
        {
            return full;
        }

        await _log.AppendAsync(
            [new AgentListed(manifest.Key, manifest.Version, listing.Listing.PublishedAt)], _ => [ListingRows.Put(listing)]);
        _index.Put(listing);
        return null;
    }

    public async Task UnlistAsync(string agent)
    {
        if (_index.Has(agent))
        {
            await _log.AppendAsync([new AgentUnlisted(agent)], _ => [ListingRows.Delete(agent)]);
            _index.Remove(agent);
        }
    }

    public async Task<AgentPage> SearchAsync(AgentQuery query)
    {
        var found = AgentSearch.Find(_index.Listings, query);
        var (skills, total) = (_index.Skills, found.Count);
        var offset = int.TryParse(query.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        var limit = Math.Clamp(query.Limit, 1, 100);
        var page = found.Skip(offset).Take(limit).ToArray();
        var views = await Task.WhenAll(page.Select(async listing =>
            await GrainFactory.GetGrain<IAgentGrain>(listing.Manifest.Key).GetAsync()));
        var next = offset + page.Length;
        return new AgentPage(
            // Its agent is asked: one that was unlisted a moment ago is not shown.
            [.. views.OfType<AgentView>().Where(static view => !view.Manifest.Unlisted)],
            next < total ? next.ToString(CultureInfo.InvariantCulture) : null,
            skills,
            total);
    }

    /// <summary>Makes rows of what a build before this one stored, and deletes that: rows first, so that nothing is lost.</summary>
    private async Task ImportAsync()
    {
        if (!_before.RecordExists)
        {
            return;
        }

        var listings = _before.State.Listings.Values
            .Select(static each => StoredListing.Of(each.Manifest, each.PublishedAt)).ToArray();
        foreach (var chunk in listings.Chunk(MaxRowsAtOnce))
        {
            await _log.AppendAsync([new ListingsImported(chunk.Length)], _ => [.. chunk.Select(ListingRows.Put)]);
            Array.ForEach(chunk, _index.Put);
        }

        await _before.ClearStateAsync();
        LogImported(_logger, listings.Length);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} listings of agents were taken over from the build before.")]
    private static partial void LogImported(ILogger logger, int count);

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "The listing of {Agent} cannot be read. It is not found until it is published again.")]
    private static partial void LogUnreadable(ILogger logger, string agent);
}
