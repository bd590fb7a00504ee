using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Catalogue;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;
using Orkestron.Journal;

namespace Orkestron.Grains.Tests.Catalogue;

/// <summary>The list of agents holds what is durable, row by row, and nothing else.</summary>
[Collection("silo")]
public sealed class RegistryTests(TestSilo silo)
{
    // A word of this test alone: the registry is everybody's.
    private readonly string _word = $"w{Guid.NewGuid():N}"[..20];

    private IAgentRegistryGrain Registry => silo.Grains.GetGrain<IAgentRegistryGrain>(0);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task List_OnItsWayToTheStore_IsNotFoundUntilItIsDurable(bool succeeds)
    {
        await Registry.SearchAsync(Query());
        silo.Journal.Hold();
        var listing = Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start);
        await silo.Journal.WaitingAsync(TestContext.Current.CancellationToken);
        var before = (await Registry.SearchAsync(Query())).Total;

        Assert.Equal((0, false), (before, listing.IsCompleted));
        if (succeeds)
        {
            silo.Journal.Release();
            Assert.Null(await listing);
        }
        else
        {
            silo.Journal.Fail();
            silo.Journal.Release();
            await Assert.ThrowsAnyAsync<Exception>(() => listing);
            Assert.Equal(0, (await Registry.SearchAsync(Query())).Total);
            Assert.Null(await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start));
        }

        Assert.Equal(1, (await Registry.SearchAsync(Query())).Total);
        await TestSilo.DeactivateAsync(Registry);
        Assert.Equal(1, (await Registry.SearchAsync(Query())).Total);
    }

    [Fact]
    public async Task Publish_WhoseListingFails_IsAFaultAndIsListedWhenSentAgain()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>(Manifest("1.0.0").Key);
        await Registry.SearchAsync(Query());
        silo.Journal.Hold();
        var published = agent.PublishAsync(Manifest("1.0.0"));
        await silo.Journal.WaitingAsync(TestContext.Current.CancellationToken);
        silo.Journal.Fail();
        silo.Journal.Release();

        await Assert.ThrowsAnyAsync<Exception>(() => published);
        Assert.Empty((await Registry.SearchAsync(Query())).Items);
        Assert.True((await agent.PublishAsync(Manifest("1.0.0"))).Accepted);
        await TestSilo.DeactivateAsync(Registry);

        Assert.Equal(_word, Assert.Single((await Registry.SearchAsync(Query())).Items).Manifest.Name);
    }

    [Fact]
    public async Task List_Twice_WritesOnceAndAnotherVersionReplacesIt()
    {
        await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start.AddTicks(7));
        var events = await EventsAsync();
        await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start.AddTicks(7));
        Assert.Equal(events, await EventsAsync());
        await TestSilo.DeactivateAsync(Registry);
        await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start.AddTicks(7));
        Assert.Equal(events, await EventsAsync());

        await Registry.ListAsync(Manifest("2.0.0") with { Title = "Another title" }, TestSilo.Start);
        Assert.Equal(0, (await Registry.SearchAsync(Query() with { Text = null, Skill = _word, Kind = "reviewer" })).Total);
        await Registry.UnlistAsync(Manifest("2.0.0").Key);
        var unlisted = await EventsAsync();
        await Registry.UnlistAsync(Manifest("2.0.0").Key);

        Assert.Equal((events + 2, events + 2), (unlisted, await EventsAsync()));
        Assert.Equal(0, (await Registry.SearchAsync(Query())).Total);
        await TestSilo.DeactivateAsync(Registry);
        Assert.Equal(0, (await Registry.SearchAsync(Query())).Total);
    }

    [Fact]
    public async Task Publish_WhileTheRegistryMovesToAnotherSilo_IsListedByTheOneThatTookOver()
    {
        await Registry.SearchAsync(Query());
        await WriteBehindAsync();

        var published = await silo.Grains.GetGrain<IAgentGrain>(Manifest("1.0.0").Key).PublishAsync(Manifest("1.0.0"));

        Assert.True(published.Accepted);
        Assert.Single((await Registry.SearchAsync(Query())).Items);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("list")]
    public async Task Agent_WhenTheCatalogueIsFull_IsPublishedButNotListedUntilThereIsRoom(string command)
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>(Manifest("1.0.0").Key);
        await Registry.ListAsync(TestManifest.Of("1.0.0", $"lists/{_word}-first"), TestSilo.Start);
        var most = silo.Catalogue.MaxListings;
        silo.Catalogue.MaxListings = 1;
        try
        {
            var refusal = command == "publish"
                ? (await agent.PublishAsync(Manifest("1.0.0"))).Refusal
                : await agent.ReleaseAsync(new(Manifest("1.0.0")) { Listed = false }) is { Accepted: true }
                    ? (await agent.SetListedAsync(true)).Refusal
                    : null;

            Assert.Equal(RefusalCode.TooMany, refusal?.Code);
            Assert.False((await agent.GetRolloutAsync())!.Listed);
            Assert.Equal("1.0.0", (await agent.GetManifestAsync())?.Version);
            Assert.Equal(0, (await Registry.SearchAsync(Query() with { Skill = _word })).Total);
            Assert.Equal(RefusalCode.TooMany, (await agent.SetListedAsync(true)).Refusal?.Code);
        }
        finally
        {
            silo.Catalogue.MaxListings = most;
        }

        Assert.True((await agent.SetListedAsync(true)).Value!.Listed);
        Assert.Equal(1, (await Registry.SearchAsync(Query() with { Skill = _word })).Total);
    }

    [Fact]
    public async Task State_OfTheBuildBefore_IsReadOnceAndMadeRows()
    {
        await TestSilo.DeactivateAsync(Registry);
        var id = Registry.GetGrainId();
        var plan = Manifest("1.0.0") with { Name = $"{_word}-plan", Kind = "orchestrator", Calls = ["a/b"] };
        var before = new GrainState<RegistryRecord>(new RegistryRecord
        {
            Listings =
            {
                [Manifest("1.0.0").Key] = new(Manifest("1.0.0"), TestSilo.Start),
                [plan.Key] = new(plan, TestSilo.Start.AddDays(1)),
            },
        });
        await silo.Cold.WriteStateAsync("agent-registry", id, before);

        var found = await Registry.SearchAsync(Query() with { Sort = "newest" });
        var left = new GrainState<RegistryRecord>();
        await silo.Cold.ReadStateAsync("agent-registry", id, left);
        await Registry.UnlistAsync(plan.Key);
        await TestSilo.DeactivateAsync(Registry);

        Assert.Equal(2, found.Total);
        Assert.Contains(_word, found.Skills);
        Assert.False(left.RecordExists);
        Assert.Equal(1, (await Registry.SearchAsync(Query())).Total);
        Assert.Equal(0, (await Registry.SearchAsync(Query() with { Kind = "orchestrator" })).Total);
    }

    [Fact]
    public async Task Row_OfANewerVersion_IsFoundAsFarAsItIsKnown()
    {
        var body = StoredListing.Of(Manifest("1.0.0"), TestSilo.Start).Body;
        silo.Journal.Tamper(ListingRows.Table.Put(
            Manifest("1.0.0").Key, 1L, "?", (byte[])[.. body[..^1], .. ""","later":{"a":1}}"""u8]));
        await TestSilo.DeactivateAsync(Registry);

        Assert.Equal(1, (await Registry.SearchAsync(Query() with { Skill = _word })).Total);
    }

    [Theory]
    [InlineData("?")]
    [InlineData("\u0001{}")]
    [InlineData("\u0009{}")]
    public async Task Row_ThatCannotBeRead_IsLeftOutAndMendedByTheNextPublication(string body)
    {
        await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start);
        silo.Journal.Tamper(ListingRows.Table.Put(
            Manifest("1.0.0").Key, 1L, "?", System.Text.Encoding.UTF8.GetBytes(body)));
        await TestSilo.DeactivateAsync(Registry);

        Assert.Equal(0, (await Registry.SearchAsync(Query())).Total);
        await Registry.ListAsync(Manifest("1.0.0"), TestSilo.Start);
        await TestSilo.DeactivateAsync(Registry);

        Assert.Equal(1, (await Registry.SearchAsync(Query())).Total);
    }

    [Theory]
    [InlineData(2, 1_000_000, 1)]
    [InlineData(9, 1_500, 1)]
    [InlineData(9, 1_024, 1)]
    public void Index_ThatIsFull_RefusesOthersButNoNewVersionAndNoneOfThePlatforms(int listings, long bytes, int refused)
    {
        var index = new ListingIndex(new RegistryOptions { MaxListings = listings, MaxListingBytes = bytes });
        var taken = 0;
        while (index.Refuse(Stored(taken)) is null)
        {
            index.Put(Stored(taken));
            taken++;
        }

        Assert.InRange(taken, 1, listings);
        Assert.Equal(RefusalCode.TooMany, index.Refuse(Stored(taken))!.Code);
        Assert.Null(index.Refuse(Stored(0, "2.0.0")));
        Assert.Null(index.Refuse(StoredListing.Of(
            Manifest("1.0.0") with { Name = "own", Transport = AgentTransports.BuiltIn }, TestSilo.Start)));
        index.Put(Stored(0, "2.0.0"));
        index.Remove(Stored(0).Agent);
        index.Remove(Stored(0).Agent);
        Assert.Null(index.Refuse(Stored(taken)));
        Assert.Equal(taken - refused, index.Listings.Count());
        Assert.Equal(taken > refused ? [_word] : Array.Empty<string>(), index.Skills);
        index.Put(StoredListing.Of(Manifest("1.0.0") with { Name = "skilled", Skills = ["zz", "aa", _word] }, TestSilo.Start));
        Assert.Equal(["aa", _word, "zz"], index.Skills);

        StoredListing Stored(int number, string version = "1.0.0") =>
            StoredListing.Of(Manifest(version) with { Name = $"n{number}" }, TestSilo.Start);
    }

    [Fact]
    public void Listing_OfALargeManifest_KeepsOnlyWhatIsSearchedIn()
    {
        var large = Payload.Of($$"""{"type":"object","description":"{{new string('x', 60_000)}}"}""");
        var manifest = Manifest("1.0.0") with { InputSchema = large, OutputSchema = large };

        var listing = StoredListing.Of(manifest, TestSilo.Start);

        Assert.InRange(listing.Body.Length, 100, 2_000);
        Assert.False(listing.SameAs(StoredListing.Of(manifest with { InputSchema = Payload.EmptyObject }, TestSilo.Start)));
        Assert.True(listing.SameAs(StoredListing.Of(manifest, TestSilo.Start)));
    }

    private AgentManifest Manifest(string version) => TestManifest.Of(version, $"lists/{_word}") with { Skills = [_word] };

    private AgentQuery Query() => new(_word, null, null, null, "name", null, 10);

    private async Task<long> EventsAsync() =>
        (await silo.Journal.ReadAsync(Stream, 0, 10_000)).Count(static each => each.Type != RegistryOpened.Name);

    /// <summary>Opens the registry's stream as another activation of it does.</summary>
    private async Task WriteBehindAsync()
    {
        var version = (await silo.Journal.LoadAsync(Stream)).Version;
        var opened = new NewEvent(
            RegistryOpened.Name,
            TestSilo.Start,
            Domain.EventCodec.Write<ListingEvent>(new RegistryOpened(), ListingEventJson.Default.ListingEvent),
            default);
        var append = new Append { Stream = Stream, ExpectedVersion = version, AppendId = Guid.NewGuid(), Events = [opened] };
        Assert.Equal(AppendStatus.Appended, (await silo.Journal.AppendAsync(append)).Status);
    }

    private static string Stream => $"{ListingFold.Kind.Prefix}{Guid.Empty:N}";
}
