using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Providers;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Tests.Shared;
using Orleans.Core.Internal;

namespace Orkestron.Cluster.Tests.Tasks;

/// <summary>
/// Answers of a provider's process that cross an offer of the same step, as they do when the agent or the task moves to another
/// silo: what has ended, or runs, is not begun a second time.
/// </summary>
public sealed class LateAnswerTests
{
    private const string Agent = "aa/outside";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Answer_WhoseStepIsOfferedWhileItsTaskIsAsked_LeavesNoStepOpen()
    {
        var gate = new Gate();
        await using var cluster = await TestCluster.StartAsync(
            silos: 1, services: services => services.AddSingleton<IIncomingGrainCallFilter>(gate));
        var (customer, manifest, id) = await SubmitAsync(cluster);
        var agent = cluster.Grains.GetGrain<IAgentGrain>(Agent);
        var process = new Process();
        var desk = cluster.Grains.Get<IProviderAgentGrain>(Agent);
        var link = cluster.Grains.CreateObjectReference<IProviderLink>(process);

        gate.Close();
        var step = new StepKey(id, 1, 1, 0);
        var answered = desk.AnswerAsync(new StepRunResult(step, DateTimeOffset.UnixEpoch, Payload.Of("1"), null));
        await gate.Reached.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(await desk.LinkAsync(new ProviderLinkState("process-1", 1, link, manifest.Version, 1, [])));
        await process.Begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        gate.Open();
        await answered.WaitAsync(Patience, TestContext.Current.CancellationToken);

        var task = await customer.SettledAsync(id);
        Assert.Equal((TaskState.Completed, "1"), (task.State, task.Result?.ToString()));
        Assert.Equal((0, 0), ((await agent.GetAsync())!.Stats.Working, (await agent.GetAsync())!.Stats.Queued));
        // Offered again after a while, it would be run a second time.
        Assert.Equal([step], process.Steps);
        GC.KeepAlive(process);
    }

    [Fact]
    public async Task Step_WhoseEndCameByAnotherWay_IsNotOfferedAgain()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1, services: services => services.Configure<ProviderOptions>(
            static providers => providers.OfferAgainAfter = TimeSpan.FromMilliseconds(100)));
        var (customer, manifest, id) = await SubmitAsync(cluster);
        var process = new Process();
        var link = cluster.Grains.CreateObjectReference<IProviderLink>(process);
        var desk = cluster.Grains.Get<IProviderAgentGrain>(Agent);
        Assert.True(await desk.LinkAsync(new ProviderLinkState("process-1", 1, link, manifest.Version, 1, [])));
        await process.Begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        // What the activation before this one did with an answer, while this one took the step over.
        Assert.True(await cluster.Grains.Get<ITaskStepsGrain>(id).EndStepAsync(End(1)));

        await Polling.UntilAsync("the agent waits for it no more", Patience, async _ =>
            await desk.LinkAsync(new ProviderLinkState("process-1", 1, link, manifest.Version, 1, []))
            && (await cluster.Grains.GetGrain<IAgentGrain>(Agent).GetAsync())!.Stats is { Working: 0, Queued: 0 });
        Assert.Equal(TaskState.Completed, (await customer.SettledAsync(id)).State);
        Assert.Equal([new StepKey(id, 1, 1, 0)], process.Steps);
        GC.KeepAlive(process);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Step_ThatEndsWhileItsAgentMoves_IsNotBegunByTheNextActivation(bool held)
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var (customer, manifest, id) = await SubmitAsync(cluster);
        var process = new Process();
        var link = cluster.Grains.CreateObjectReference<IProviderLink>(process);
        var (desk, agent) = (cluster.Grains.Get<IProviderAgentGrain>(Agent), cluster.Grains.GetGrain<IAgentGrain>(Agent));
        Assert.True(await desk.LinkAsync(new ProviderLinkState("process-1", 1, link, manifest.Version, 1, [])));
        await process.Begun.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        await agent.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Polling.UntilAsync("its next activation has the step", Patience, async _ =>
            (await agent.GetAsync())!.Stats is { Working: 0, Queued: 1 });
        Assert.True(await cluster.Grains.Get<ITaskStepsGrain>(id).EndStepAsync(End(1)));
        // Its list may be older than the answer that it has handed in.
        Assert.True(await desk.LinkAsync(new ProviderLinkState(
            "process-1", 1, link, manifest.Version, 1, held ? [new StepKey(id, 1, 1, 0)] : [])));

        await Polling.UntilAsync("the agent waits for it no more", Patience, async _ =>
            (await agent.GetAsync())!.Stats is { Working: 0, Queued: 0 });
        Assert.Equal(TaskState.Completed, (await customer.SettledAsync(id)).State);
        Assert.Equal([new StepKey(id, 1, 1, 0)], process.Steps);
        GC.KeepAlive(process);
    }

    private static StepEnd End(int attempt) => new()
    {
        StepId = 1,
        Attempt = attempt,
        StartedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch,
        Output = Payload.Of("1"),
    };

    private static async Task<(Customer Customer, AgentManifest Manifest, Guid Id)> SubmitAsync(TestCluster cluster)
    {
        var customer = await Customer.OpenAsync(cluster);
        var manifest = (await cluster.Grains.GetGrain<IAgentGrain>("test/approval").GetManifestAsync())!;
        Assert.True((await cluster.Grains.GetGrain<IAgentGrain>(Agent).PublishAsync(manifest with
        {
            Provider = "aa",
            Name = "outside",
            Kind = "worker",
            Transport = AgentTransports.Provider,
            InputSchema = Payload.EmptyObject,
            OutputSchema = Payload.EmptyObject,
        })).Accepted);
        var id = Ids.New();
        Assert.True((await customer.SubmitAsync(id, Agent)).Accepted);
        return (customer, manifest, id);
    }

    private sealed class Process : IProviderLink
    {
        public ConcurrentQueue<StepKey> Steps { get; } = [];

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task BeginAsync(WorkerAssignment order)
        {
            Steps.Enqueue(order.Step);
            Begun.TrySetResult();
            return Task.CompletedTask;
        }

        public Task StopAsync(StepKey step) => Task.CompletedTask;
    }

    /// <summary>Holds up the question which version a step agreed to.</summary>
    private sealed class Gate : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private volatile TaskCompletionSource? _closed;

        public Task Reached => _reached.Task;

        public void Close() => _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Open() => _closed!.TrySetResult();

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (_closed is { } closed && context.ImplementationMethod.Name == nameof(ITaskStepsGrain.AgentVersionAsync))
            {
                _reached.TrySetResult();
                await closed.Task;
            }

            await context.Invoke();
        }
    }
}
