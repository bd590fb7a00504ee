using Microsoft.Extensions.DependencyInjection;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Wallets;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.Grains.Common;
using Orleans.Storage;

namespace Orkestron.Cluster.Tests.Tasks;

/// <summary>Tasks on two silos and one PostgreSQL.</summary>
public sealed class TaskClusterTests(TaskClusterTests.Fixture fixture) : IClassFixture<TaskClusterTests.Fixture>
{
    private const long Price = 10_000;

    private TestCluster Cluster => fixture.Cluster;

    [Fact]
    public async Task Task_OfAnAgent_EndsWithItsAnswerAndIsChargedOnce()
    {
        var customer = await Customer.OpenAsync(Cluster);

        var task = await customer.RunAsync("test/echo", """{"a":[1,"ü"]}""");

        Assert.Equal((TaskState.Completed, Price, 0L), (task.State, task.ChargedMicro, task.RefundedMicro));
        Assert.Equal("""{"a":[1,"ü"]}""", System.Text.RegularExpressions.Regex.Unescape(task.Result!.ToString()));
        await customer.AssertSpentAsync(Price);
        var entries = await customer.Wallet.TaskEntriesAsync(task.Id);
        Assert.Equal(["hold", "capture"], entries.Items.Select(entry => entry.Kind));
        Assert.All(entries.Items, entry => Assert.Equal(0, entry.Postings.Sum(posting => posting.AmountMicro)));
        Assert.Contains(entries.Items[1].Postings, posting => posting.Account == Accounts.Payable("test") && posting.AmountMicro == 9_000);
        Assert.Contains(entries.Items[1].Postings, posting => posting.Account == Accounts.Fees && posting.AmountMicro == 1_000);
    }

    [Fact]
    public async Task Submit_Twice_MakesOneTask()
    {
        var customer = await Customer.OpenAsync(Cluster);
        var id = TaskIds.Derive(customer.Id, "order-1");

        var both = await Task.WhenAll(customer.SubmitAsync(id, "test/echo"), customer.SubmitAsync(id, "test/echo"));
        await customer.SettledAsync(id);
        var later = await customer.SubmitAsync(id, "test/echo");
        var other = await customer.SubmitAsync(id, "test/echo", """{"other":1}""");

        Assert.All(both.Append(later), outcome => Assert.True(outcome.Accepted));
        Assert.Equal(RefusalCode.Conflict, other.Refusal!.Code);
        await customer.AssertSpentAsync(Price);
    }

    [Fact]
    public async Task Agent_ThatFailsTwice_IsTriedAgainAndPaidOnce()
    {
        var customer = await Customer.OpenAsync(Cluster);

        var task = await customer.RunAsync("test/flaky", """{"succeedsAt":3}""");

        Assert.Equal((TaskState.Completed, 3), (task.State, task.Steps[0].Attempt));
        await customer.AssertSpentAsync(Price);
    }

    [Fact]
    public async Task Agent_ThatNeverSucceeds_FailsAndCostsNothing()
    {
        var customer = await Customer.OpenAsync(Cluster);

        var task = await customer.RunAsync("test/flaky", """{"succeedsAt":99}""");

        Assert.Equal((TaskState.Failed, "not_yet", 0L), (task.State, task.FailureCode, task.ChargedMicro));
        await customer.AssertSpentAsync(0);
    }

    [Fact]
    public async Task Orchestrator_Always_PaysEachCallOnce()
    {
        var customer = await Customer.OpenAsync(Cluster);

        var task = await customer.RunAsync("test/fan-out", """{"count":8}""");

        Assert.Equal("""{"sum":28}""", task.Result!.ToString());
        Assert.Equal(9, task.Steps.Length);
        await customer.AssertSpentAsync(9 * Price);
    }

    [Fact]
    public async Task Cancel_OfAWorkingTask_StopsItAndRefundsAll()
    {
        var customer = await Customer.OpenAsync(Cluster);
        var id = Ids.New();
        await customer.SubmitAsync(id, "test/gated");
        await Cluster.Agents.StartedAsync(id);

        var canceled = await customer.Task(id).CancelAsync(new CancelTask(customer.Id));
        var task = await customer.SettledAsync(id);

        Assert.True(canceled.Accepted);
        Assert.Equal((TaskState.Canceled, 0L), (task.State, task.ChargedMicro));
        await customer.AssertSpentAsync(0);
    }

    [Fact]
    public async Task Task_OfSomeoneElse_DoesNotExist()
    {
        var (owner, other) = (await Customer.OpenAsync(Cluster), await Customer.OpenAsync(Cluster));
        var task = await owner.RunAsync("test/echo");

        var seen = await other.Task(task.Id).GetAsync(other.Id);
        var canceled = await other.Task(task.Id).CancelAsync(new CancelTask(other.Id));
        var updates = 0;
        await foreach (var update in other.Task(task.Id).WatchAsync(other.Id, 0, TestContext.Current.CancellationToken))
        {
            updates++;
        }

        Assert.Equal((RefusalCode.NotFound, RefusalCode.NotFound, 0), (seen.Refusal!.Code, canceled.Refusal!.Code, updates));
    }

    [Fact]
    public async Task Hold_WithoutATask_ReturnsByItself()
    {
        var customer = await Customer.OpenAsync(Cluster);
        await customer.Wallet.HoldAsync(new HoldTokens(Ids.New(), Ids.New(), 5_000_000));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await customer.Wallet.GetAsync()).HeldMicro > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }

        await customer.AssertSpentAsync(0);
    }

    [Fact]
    public async Task Submit_BeyondTheBalance_SaysHowMuchIsMissing()
    {
        var customer = await Customer.OpenAsync(Cluster);
        await customer.Wallet.HoldAsync(new HoldTokens(Ids.New(), await GatedAsync(customer), 19_989_000));

        var refused = await customer.SubmitAsync(Ids.New(), "test/echo");

        Assert.Equal(RefusalCode.InsufficientTokens, refused.Refusal!.Code);
        Assert.Contains("0.009", refused.Refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_LostWithinAStep_IsAnAttemptOfItsOwnInTheTaskAndInTheProvidersFigures()
    {
        var customer = await Customer.OpenAsync(Cluster);
        var manifest = (await Cluster.Grains.GetGrain<IAgentGrain>("test/approval").GetManifestAsync())!;
        var agent = Cluster.Grains.GetGrain<IAgentGrain>("lost/worker");
        Assert.True((await agent.PublishAsync(manifest with
        {
            Provider = "lost",
            Name = "worker",
            Kind = "worker",
            Transport = AgentTransports.Provider,
            InputSchema = Payload.EmptyObject,
            OutputSchema = Payload.EmptyObject,
        })).Accepted);
        var desk = Cluster.Grains.Get<IProviderAgentGrain>("lost/worker");
        var id = Ids.New();
        Assert.True((await customer.SubmitAsync(id, "lost/worker")).Accepted);
        await customer.SawAsync(id, "step.away");
        var never = (await customer.ViewAsync(id)).Value!.WaitingFor;
        await using var first = new TestProcess(Cluster, desk, manifest.Version);
        await first.LinkAsync();
        var step = await first.BegunAsync();
        await desk.ReportAsync(new StepReported(step, null, "line 2 of 3", "line 1\nline 2\n"));
        await customer.SawAsync(id, "step.output");

        await first.DisposeAsync();
        await customer.SawAsync(id, "step.lost");
        await customer.SawAsync(id, "step.away");
        var between = (await customer.ViewAsync(id)).Value!;
        await using var second = new TestProcess(Cluster, desk, manifest.Version);
        await second.LinkAsync();
        Assert.Equal(step, await second.BegunAsync());
        await desk.ReportAsync(new StepReported(step, null, "line 1 of 3", "line 1\n"));
        await customer.SawAsync(id, "step.started", 2);
        var again = await customer.ViewUntilAsync(id, static task => task.Partial is not null);
        await desk.AnswerAsync(new StepRunResult(step, DateTimeOffset.UnixEpoch, Payload.Of("1"), null));
        var ended = await customer.SettledAsync(id);
        var runs = (await agent.RunsAsync(new RunQuery(null, 10, null, null))).Items;

        Assert.Equal((WaitKinds.Provider, null), (never?.Kind, never?.LastSeenAt));
        Assert.Equal(WaitKinds.Provider, between.WaitingFor?.Kind);
        Assert.InRange(between.WaitingFor!.LastSeenAt!.Value, between.CreatedAt, TimeProvider.System.GetUtcNow());
        Assert.Null(again.WaitingFor);
        Assert.Equal((StepState.Requested, 2, null), (between.Steps[0].State, between.Steps[0].Attempt, between.Partial));
        Assert.Equal((StepState.Working, "line 1\n"), (again.Steps[0].State, again.Partial));
        Assert.Equal(new AttemptOutput(1, "line 1\nline 2\n", true), Assert.Single(between.Steps[0].Outputs));
        Assert.Equal("line 1\nline 2\n", Assert.Single(ended.Steps[0].Outputs).Text);
        Assert.Equal(["worker_lost", null], ended.Steps[0].Runs.Select(static run => run.Failure));
        Assert.Equal([1, 2], ended.Steps[0].Runs.Select(static run => run.Attempt));
        Assert.True(ended.Steps[0].Runs[0].EndedAt <= ended.Steps[0].Runs[1].StartedAt);
        Assert.Equal(["provider_lost", LoggedRun.Succeeded], runs.Reverse().Select(static run => run.Outcome));
        Assert.Equal([1, 2], runs.Reverse().Select(static run => run.Attempt));
        // The second attempt did not wait while the first one worked. Waits are told in whole milliseconds.
        Assert.InRange(
            runs[0].StartedAt.AddMilliseconds(-runs[0].WaitMilliseconds!.Value),
            ended.Steps[0].Runs[0].EndedAt!.Value.AddMilliseconds(-1),
            runs[0].StartedAt);
    }

    [Fact]
    public async Task Tasks_StandBesideTheirPayersWallet()
    {
        var management = Cluster.Grains.GetGrain<IManagementGrain>(0);
        for (var i = 0; i < 6; i++)
        {
            var customer = await Customer.OpenAsync(Cluster);
            var id = await GatedAsync(customer);

            var silo = await management.GetActivationAddress(customer.Wallet, TestContext.Current.CancellationToken);
            Assert.NotNull(silo);
            Assert.Equal(silo, await management.GetActivationAddress(customer.Task(id), TestContext.Current.CancellationToken));
            Cluster.Agents.Release(id.ToString());
            await customer.SettledAsync(id);
        }
    }

    [Fact]
    public async Task Task_WhoseAgentIsPublishedManyTimesAtOnce_GoesOnAndEveryVersionIsTaken()
    {
        var customer = await Customer.OpenAsync(Cluster);
        var id = await GatedAsync(customer);
        var agent = Cluster.Grains.GetGrain<IAgentGrain>("test/gated");
        var manifest = (await agent.GetManifestAsync())!;
        var versions = Enumerable.Range(1, 16).Select(static number => $"1.{number}.0").ToArray();

        await WriteBehindAsync(agent);
        var published = await Task.WhenAll(versions.Select(version => agent.PublishAsync(manifest with { Version = version })));
        Cluster.Agents.Release(id.ToString());
        var task = await customer.SettledAsync(id);

        Assert.All(published, static outcome => Assert.True(outcome.Accepted, outcome.Refusal?.Detail));
        Assert.Empty(versions.Except((await agent.VersionsAsync()).Select(static version => version.Version)));
        Assert.Equal((TaskState.Completed, 1), (task.State, task.Steps[0].Attempt));
        Assert.Equal(1, Cluster.Agents.Runs[$"{id}/1"]);
    }

    /// <summary>Stores an agent's state as another activation does that was here by mistake, for a moment.</summary>
    private async Task WriteBehindAsync(IAgentGrain agent)
    {
        var storage = Cluster.Silos.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(StorageNames.Cold);
        var state = new GrainState<AgentRecord>();
        await storage.ReadStateAsync("agent", agent.GetGrainId(), state);
        await storage.WriteStateAsync("agent", agent.GetGrainId(), state);
    }

    private async Task<Guid> GatedAsync(Customer customer)
    {
        var id = Ids.New();
        await customer.SubmitAsync(id, "test/gated");
        await Cluster.Agents.StartedAsync(id);
        return id;
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public TestCluster Cluster { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Cluster = await TestCluster.StartAsync(
            services: services => services.Configure<Grains.Wallets.WalletOptions>(
                options => options.OrphanAge = TimeSpan.FromSeconds(1)));

        public ValueTask DisposeAsync() => Cluster.DisposeAsync();
    }
}
