using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;

namespace Orkestron.Grains.Tests.Catalogue;

/// <summary>What a provider publishes is told and known once it is durable, and drops nobody's work.</summary>
[Collection("silo")]
public sealed class AgentSaveTests(TestSilo silo)
{
    private readonly string _key = $"saves/{Guid.NewGuid():N}"[..20];

    private IAgentGrain Agent => silo.Grains.GetGrain<IAgentGrain>(_key);

    private GrainId Id => Agent.GetGrainId();

    [Theory]
    [InlineData("agent")]
    [InlineData("agent-versions")]
    public async Task Publish_OverlappingWithASlowStore_IsTakenEachTimeByTheSameActivation(string state)
    {
        await PublishAsync("1.0.0");
        var link = await LinkAsync();
        var release = silo.Cold.Hold(state, Id);
        var started = silo.Cold.Begun(state, Id);

        string[] versions = [.. Enumerable.Range(2, 12).Select(static number => $"{number}.0.0")];
        var published = versions.Select(PublishAsync).ToArray();
        await TestSilo.EventuallyAsync(() => silo.Cold.Begun(state, Id) > started);
        var during = (await Agent.GetManifestAsync())!.Version;
        var known = (await Agent.VersionsAsync()).Length;
        release();
        var outcomes = await Task.WhenAll(published);

        Assert.Equal(("1.0.0", 1), (during, known));
        Assert.All(outcomes, static outcome => Assert.True(outcome.Accepted, outcome.Refusal?.Detail));
        Assert.Equal(versions.Append("1.0.0").Order(), (await Agent.VersionsAsync()).Select(static each => each.Version).Order());
        // The activation that the process is connected to is still there.
        Assert.Equal(1, (await Agent.GetAsync())!.Connected!.Processes);
        GC.KeepAlive(link);
        await TestSilo.DeactivateAsync(Agent);
        Assert.Equal(13, (await Agent.VersionsAsync()).Length);
        Assert.All((await Agent.GetRolloutAsync())!.Versions, static version => Assert.True(version.Kept));
    }

    [Theory]
    [InlineData("agent")]
    [InlineData("agent-versions")]
    public async Task Publish_WhoseWriteFails_IsAFaultLeavesAllAsItWasAndHoldsWhenSentAgain(string state)
    {
        await PublishAsync("1.0.0");
        var link = await LinkAsync();
        silo.Cold.FailNext(state, Id);

        await Assert.ThrowsAnyAsync<Exception>(() => PublishAsync("2.0.0"));
        var after = (await Agent.GetManifestAsync())!.Version;
        var versions = (await Agent.VersionsAsync()).Select(static each => each.Version);

        Assert.Equal("1.0.0", after);
        Assert.Equal(["1.0.0"], versions);
        Assert.Equal(1, (await Agent.GetAsync())!.Connected!.Processes);
        Assert.True((await PublishAsync("2.0.0")).Accepted);
        Assert.Equal("2.0.0", (await Agent.GetManifestAsync())!.Version);
        GC.KeepAlive(link);
        await TestSilo.DeactivateAsync(Agent);
        Assert.Equal("2.0.0", (await Agent.GetManifestAsync())!.Version);
    }

    [Theory]
    [InlineData("publish")]
    [InlineData("unlist")]
    [InlineData("roll out")]
    public async Task Command_OverAWriteOfAnotherActivation_IsDecidedOnThatAndKeepsTheActivation(string command)
    {
        await PublishAsync("1.0.0");
        await PublishAsync("2.0.0");
        var link = await LinkAsync();
        await WriteBehindAsync();

        Assert.True(command switch
        {
            "publish" => (await PublishAsync("3.0.0")).Accepted,
            "unlist" => (await Agent.SetListedAsync(false)).Accepted,
            _ => (await Agent.SetRolloutAsync(new SetRollout("1.0.0", null, 0))).Accepted,
        });

        var rollout = (await Agent.GetRolloutAsync())!;
        Assert.Equal(
            command switch { "publish" => "3.0.0", "unlist" => "2.0.0", _ => "1.0.0" },
            rollout.Current);
        Assert.Equal(command != "unlist", rollout.Listed);
        var view = (await Agent.GetAsync())!;
        Assert.Equal((1, 70L), (view.Connected!.Processes, view.Stats.Runs));
        GC.KeepAlive(link);
        await TestSilo.DeactivateAsync(Agent);
        Assert.Equal(rollout.Current, (await Agent.GetRolloutAsync())!.Current);
    }

    [Fact]
    public async Task Publish_OfOneVersionWithTwoContentsAtOnce_TakesOneAndKeepsIt()
    {
        await PublishAsync("1.0.0");
        var release = silo.Cold.Hold("agent-versions", Id);
        var contents = Enumerable.Range(1, 4)
            .Select(number => TestManifest.Of("2.0.0", _key) with { Summary = $"Content {number}." }).ToArray();

        var published = contents.Select(each => Agent.ReleaseAsync(new(each) { CandidateShare = 5 })).ToArray();
        await Agent.GetAsync();
        release();
        var outcomes = await Task.WhenAll(published);

        var taken = Assert.Single(contents.Where((_, index) => outcomes[index].Accepted));
        Assert.Equal(3, outcomes.Count(static outcome => outcome.Refusal?.Code == RefusalCode.VersionExists));
        Assert.Equal(taken.Summary, (await Agent.GetVersionAsync("2.0.0"))?.Summary);
    }

    private Task<Outcome<AgentView>> PublishAsync(string version) => Agent.PublishAsync(TestManifest.Of(version, _key));

    private async Task<IProviderLink> LinkAsync()
    {
        var process = new Process();
        var link = silo.Grains.CreateObjectReference<IProviderLink>(process);
        Assert.True(await silo.Grains.Get<IProviderAgentGrain>(_key).LinkAsync(
            new ProviderLinkState("process", 1, link, "1.0.0", 1, [])));
        return process;
    }

    /// <summary>Writes as an activation does that was here by mistake, for a moment, and counted some runs.</summary>
    private async Task WriteBehindAsync()
    {
        var state = new GrainState<AgentRecord>();
        await silo.Cold.ReadStateAsync("agent", Id, state);
        state.State!.Runs += 70;
        await silo.Cold.WriteStateAsync("agent", Id, state);
    }

    private sealed class Process : IProviderLink
    {
        public Task BeginAsync(WorkerAssignment order) => Task.CompletedTask;

        public Task StopAsync(StepKey step) => Task.CompletedTask;
    }
}
