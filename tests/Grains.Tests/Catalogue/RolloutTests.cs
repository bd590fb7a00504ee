using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Catalogue;

/// <summary>Which version new tasks get, and who may run what is not there for all.</summary>
[Collection("silo")]
public sealed class RolloutTests(TestSilo silo)
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(50)]
    public void Picks_OverManyTasks_TakesAboutTheShareAndKeepsThoseOfASmallerOne(int share)
    {
        // Fixed ids: the share of these tasks is what it is on every run.
        var tasks = Enumerable.Range(1, 20_000).Select(Id).ToArray();

        var picked = tasks.Where(task => RolloutRules.Picks(task, "2.0.0", share)).ToArray();
        var fewer = tasks.Where(task => RolloutRules.Picks(task, "2.0.0", share / 2)).ToArray();
        var others = tasks.Where(task => RolloutRules.Picks(task, "3.0.0", share)).ToArray();

        Assert.InRange(picked.Length, (share * 200) - 300, (share * 200) + 300);
        Assert.Empty(fewer.Except(picked));
        Assert.True(share == 0 || others.Except(picked).Any());
    }

    [Fact]
    public void RefuseCandidate_ThatShowsOrCostsOtherThanTheCurrentOne_SaysWhy()
    {
        var current = TestManifest.Of("1.0.0") with { Price = new AgentPricing(10, 5, 3) };
        var next = current with { Version = "2.0.0" };

        Assert.Null(
            RolloutRules.RefuseCandidate(current, next with { Price = new AgentPricing(9, 5, 0), Timeout = TimeSpan.FromSeconds(3) }, 50));
        Says("at most what", next with { Price = new AgentPricing(11, 5, 3) });
        Says("at most what", next with { Price = new AgentPricing(10, 5, 4) });
        Says("same input", next with { InputSchema = Payload.Of("{}") });
        Says("same output", next with { OutputSchema = Payload.Of("{}") });
        Says("1,000 bytes", next with { MaxInputBytes = 999 });
        Says("data in DE", next with { Country = "FR" });
        Says("same recipient", next with { Recipient = "model.example" });
        Says("same kind", next with { Kind = "orchestrator" });
        Says("another version", current);
        Says("0 to 50", next, 51);

        void Says(string what, AgentManifest candidate, int share = 10) =>
            Assert.Contains(what, RolloutRules.RefuseCandidate(current, candidate, share)?.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Candidate_AfterAReactivation_GetsItsShareUntilItIsTakenBack()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>("aa/canary");
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/canary"));
        Assert.True((await agent.ReleaseAsync(new(TestManifest.Of("2.0.0", "aa/canary")) { CandidateShare = 30 })).Accepted);
        await TestSilo.DeactivateAsync(agent);

        var tasks = Enumerable.Range(1, 200).Select(Id).ToArray();
        var first = await VersionsAsync(tasks);
        Assert.Equal(tasks.Select(task => RolloutRules.Picks(task, "2.0.0", 30) ? "2.0.0" : "1.0.0"), first);
        Assert.Contains("2.0.0", first);
        Assert.Equal("1.0.0", (await agent.GetManifestAsync())?.Version);
        Assert.Equal("1.0.0", (await agent.ChooseAsync(null, Guid.NewGuid(), null)).Value?.Version);

        // A process of the earlier version that starts again publishes it again: nothing changes.
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/canary"));
        Assert.Equal(first, await VersionsAsync(tasks));

        Assert.Equal("2.0.0", (await agent.SetRolloutAsync(new SetRollout("2.0.0", null, 0))).Value?.Current);
        Assert.All(await VersionsAsync(tasks), version => Assert.Equal("2.0.0", version));
        var back = (await agent.SetRolloutAsync(new SetRollout("1.0.0", null, 0))).Value!;
        Assert.Equal(("1.0.0", null, 0, true), (back.Current, back.Candidate, back.Share, back.Listed));
        Assert.Equal(["2.0.0", "1.0.0"], back.Versions.Select(each => each.Version.Version));
        Assert.All(back.Versions, each => Assert.Equal((true, false), (each.Kept, each.Served)));
        await TestSilo.DeactivateAsync(agent);
        Assert.All(await VersionsAsync(tasks), version => Assert.Equal("1.0.0", version));
        Assert.NotEmpty((await agent.GetManifestAsync())!.Examples);

        async Task<string?[]> VersionsAsync(Guid[] ids) => await Task.WhenAll(
            ids.Select(async id => (await agent.ChooseAsync(id, Guid.NewGuid(), null)).Value?.Version));
    }

    [Fact]
    public async Task Rollout_ToAVersionThatIsNot_IsRefusedAndChangesNothing()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>("aa/steady");
        Assert.Equal(RefusalCode.AgentNotFound, (await agent.SetRolloutAsync(new SetRollout("1.0.0", null, 0))).Refusal?.Code);
        Assert.Equal(
            RefusalCode.Invalid,
            (await agent.ReleaseAsync(new(TestManifest.Of("1.0.0", "aa/steady")) { CandidateShare = 5 })).Refusal?.Code);
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/steady"));
        var dear = TestManifest.Of("2.0.0", "aa/steady") with { Price = new AgentPricing(2, 0, 0) };

        Assert.Equal(RefusalCode.Invalid, (await agent.ReleaseAsync(new(dear) { CandidateShare = 5 })).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await agent.SetRolloutAsync(new SetRollout("1.0.0", "2.0.0", 5))).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await agent.SetRolloutAsync(new SetRollout("9.0.0", null, 0))).Refusal?.Code);
        Assert.Equal(RefusalCode.Invalid, (await agent.SetRolloutAsync(new SetRollout("1.0.0", "1.0.0", 5))).Refusal?.Code);

        Assert.Equal("1.0.0", Assert.Single((await agent.GetRolloutAsync())!.Versions).Version.Version);
    }

    [Fact]
    public async Task Unlisted_IsItsProvidersAloneUntilItIsListed()
    {
        var (owner, other) = (Guid.NewGuid(), Guid.NewGuid());
        Assert.True((await silo.Grains.GetGrain<GrainInterfaces.Providers.IProviderGrain>("unlisted-one").ClaimAsync(owner)).Accepted);
        var agent = silo.Grains.GetGrain<IAgentGrain>("unlisted-one/draft");
        var manifest = TestManifest.Of("1.0.0", "unlisted-one/draft");
        await agent.ReleaseAsync(new(manifest) { Listed = false });

        Assert.Equal(RefusalCode.AgentNotFound, (await agent.ChooseAsync(Id(1), other, null)).Refusal?.Code);
        Assert.Equal(RefusalCode.AgentNotFound, (await agent.ChooseAsync(Id(1), other, "1.0.0")).Refusal?.Code);
        Assert.Equal("1.0.0", (await agent.ChooseAsync(Id(1), owner, null)).Value?.Version);
        Assert.Empty((await FindAsync()).Items);

        // Published again by its process, it stays what it was.
        await agent.PublishAsync(manifest);
        Assert.Empty((await FindAsync()).Items);
        await agent.ReleaseAsync(new(manifest) { Listed = true });
        Assert.Single((await FindAsync()).Items);
        Assert.Equal("1.0.0", (await agent.ChooseAsync(Id(1), other, null)).Value?.Version);

        await agent.ReleaseAsync(new(TestManifest.Of("2.0.0", "unlisted-one/draft")) { CandidateShare = 0 });
        Assert.Equal(RefusalCode.Forbidden, (await agent.ChooseAsync(Id(1), other, "2.0.0")).Refusal?.Code);
        Assert.Equal("2.0.0", (await agent.ChooseAsync(Id(1), owner, "2.0.0")).Value?.Version);
        Assert.Equal(RefusalCode.NotFound, (await agent.ChooseAsync(Id(1), owner, "3.0.0")).Refusal?.Code);
        Assert.Equal("1.0.0", (await agent.ChooseAsync(Id(1), other, "1.0.0")).Value?.Version);

        Task<AgentPage> FindAsync() => silo.Grains.GetGrain<IAgentRegistryGrain>(0).SearchAsync(
            new AgentQuery("unlisted-one", null, null, null, "name", null, 10));
    }

    [Fact]
    public async Task Unlisted_ForACallingProvider_IsThereIfItHasTheSameOwner()
    {
        var (owner, stranger) = (Guid.NewGuid(), Guid.NewGuid());
        await ClaimAsync("deputy-own", owner);
        await ClaimAsync("deputy-also-own", owner);
        await ClaimAsync("deputy-foreign", stranger);
        var agent = silo.Grains.GetGrain<IAgentGrain>("deputy-own/secret");
        await agent.ReleaseAsync(new(TestManifest.Of("1.0.0", "deputy-own/secret")) { Listed = false });

        foreach (var (provider, seen) in new[]
        {
            ("deputy-own", true), ("deputy-also-own", true), ("deputy-foreign", false), ("deputy-nobody", false),
        })
        {
            Assert.Equal(seen, (await agent.ChooseForProviderAsync(Id(1), provider)).Accepted);
        }

        await agent.SetListedAsync(true);
        Assert.True((await agent.ChooseForProviderAsync(Id(1), "deputy-foreign")).Accepted);

        async Task ClaimAsync(string provider, Guid user) => Assert.True(
            (await silo.Grains.GetGrain<GrainInterfaces.Providers.IProviderGrain>(provider).ClaimAsync(user)).Accepted);
    }

    [Fact]
    public void Quotes_OfAUser_CountForAnHourAndAreBounded()
    {
        var quotes = new AgentQuotes(3, TimeSpan.FromHours(1));
        var (user, now) = (Guid.NewGuid(), new DateTimeOffset(2026, 11, 30, 12, 0, 0, TimeSpan.Zero));
        var (cheap, dear) = (new AgentPricing(1, 0, 0), new AgentPricing(50, 0, 0));
        quotes.Add(user, cheap, now);

        Assert.Equal(cheap, quotes.Before(user, dear, now.AddMinutes(59)));
        Assert.Null(quotes.Before(user, dear, now.AddMinutes(60)));
        Assert.Null(quotes.Before(user, cheap, now));
        Assert.Null(quotes.Before(Guid.NewGuid(), dear, now));
        for (var i = 0; i < 3; i++)
        {
            quotes.Add(Guid.NewGuid(), dear, now.AddMinutes(40));
        }

        Assert.Null(quotes.Before(user, dear, now.AddMinutes(40)));
    }

    private static Guid Id(int number) => new(number, 7, 7, 1, 2, 3, 4, 5, 6, 7, (byte)number);
}
