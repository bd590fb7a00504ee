using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.Grains.Execution;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Catalogue;

/// <summary>A version stands: its manifest is kept for the tasks that agreed to it.</summary>
[Collection("silo")]
public sealed class AgentVersionTests(TestSilo silo)
{
    [Fact]
    public async Task Version_AfterANewerOneAndAReactivation_IsStillThere()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>("aa/stands");
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/stands") with { Timeout = TimeSpan.FromSeconds(7) });
        await agent.PublishAsync(TestManifest.Of("2.0.0", "aa/stands"));

        await TestSilo.DeactivateAsync(agent);

        Assert.Equal("2.0.0", (await agent.GetManifestAsync())?.Version);
        Assert.Equal(TimeSpan.FromSeconds(7), (await agent.GetVersionAsync("1.0.0"))?.Timeout);
        Assert.Equal("2.0.0", (await agent.GetVersionAsync("2.0.0"))?.Version);
        Assert.Null(await agent.GetVersionAsync("3.0.0"));
    }

    [Fact]
    public async Task Version_PublishedWithAnotherContent_IsRefusedAndTheFirstStands()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>("aa/firm");
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/firm"));
        await agent.PublishAsync(TestManifest.Of("2.0.0", "aa/firm"));

        var refused = await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/firm") with { Timeout = TimeSpan.FromSeconds(7) });

        Assert.Equal(RefusalCode.VersionExists, refused.Refusal?.Code);
        Assert.Equal(TimeSpan.FromMinutes(1), (await agent.GetVersionAsync("1.0.0"))?.Timeout);
    }

    [Fact]
    public async Task Transport_OfAnAgent_NeverChanges()
    {
        var agent = silo.Grains.GetGrain<IAgentGrain>("aa/served");
        await agent.PublishAsync(TestManifest.Of("1.0.0", "aa/served"));

        var refused = await agent.PublishAsync(
            TestManifest.Of("2.0.0", "aa/served") with { Transport = AgentTransports.Plan, Plan = Payload.EmptyObject });

        Assert.Equal(RefusalCode.Conflict, refused.Refusal?.Code);
    }

    [Fact]
    public void Keep_BeyondTheBounds_DropsTheOldestThatNobodyNeeds()
    {
        var record = new VersionsRecord();
        foreach (var version in (string[])["1", "2", "3", "4"])
        {
            record.Keep(TestManifest.Of(version), new HashSet<string> { "1" }, 2, long.MaxValue);
        }

        Assert.Equal(["1", "4"], record.Manifests.Select(each => each.Version));
        Assert.All(record.Manifests, each => Assert.NotEmpty(each.Examples));

        record.Keep(TestManifest.Of("5"), new HashSet<string>(), 10, 1);
        Assert.Equal("5", Assert.Single(record.Manifests).Version);
    }

    [Theory]
    [InlineData(1, 0, 0, """{"type":"object"}""", true)]
    [InlineData(2, 0, 0, """{"type":"object"}""", false)]
    [InlineData(1, 1, 0, """{"type":"object"}""", false)]
    [InlineData(1, 0, 1, """{"type":"object"}""", false)]
    [InlineData(1, 0, 0, """{"type":"string"}""", false)]
    public void OtherVersion_TakesOnlyWhatHasNotBegunAndIsAgreedAlike(
        int attempt, int turn, long callBudget, string outputSchema, bool may)
    {
        using var run = new AgentRun(
            new WorkItem(Guid.Empty, 1, attempt, "a/b", "1.0.0", Payload.EmptyObject, DateTimeOffset.MaxValue) { Turn = turn },
            TestManifest.Of("1.0.0") with { Price = new AgentPricing(1, 0, callBudget) });

        Assert.Equal(may, run.CanRunAs(TestManifest.Of("2.0.0") with { OutputSchema = Payload.Of(outputSchema) }));
    }
}
