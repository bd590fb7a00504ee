using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Providers;
using Orkestron.GrainInterfaces.Tasks;

namespace Orkestron.Cluster.Tests.Tasks;

/// <summary>
/// The answer of a provider's process that comes to an activation which has not offered the step: while its task is asked, the
/// step is offered to that very process, which takes no notice, since it still holds its answer.
/// </summary>
public sealed class LateAnswerTests
{
    private const string Agent = "aa/outside";

    [Fact]
    public async Task Answer_WhoseStepIsOfferedWhileItsTaskIsAsked_LeavesNoStepOpen()
    {
        var gate = new Gate();
        await using var cluster = await TestCluster.StartAsync(
            silos: 1, services: services => services.AddSingleton<IIncomingGrainCallFilter>(gate));
        var customer = await Customer.OpenAsync(cluster);
        var agent = cluster.Grains.GetGrain<IAgentGrain>(Agent);
        var manifest = (await cluster.Grains.GetGrain<IAgentGrain>("test/approval").GetManifestAsync())!;
        Assert.True((await agent.PublishAsync(manifest with
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
        var process = new Process();
        var desk = cluster.Grains.Get<IProviderAgentGrain>(Agent);
        var link = cluster.Grains.CreateObjectReference<IProviderLink>(process);

        gate.Close();
        var step = new StepKey(id, 1, 1, 0);
        var answered = desk.AnswerAsync(new StepHandedIn(step, DateTimeOffset.UnixEpoch, Payload.Of("1"), null));
        await gate.Reached.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.True(await desk.LinkAsync(new ProviderLinkState("process-1", 1, link, manifest.Version, 1, [])));
        await process.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        gate.Open();
        await answered.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        var task = await customer.SettledAsync(id);
        Assert.Equal((TaskState.Completed, "1"), (task.State, task.Result?.ToString()));
        Assert.Equal((0, 0), ((await agent.GetAsync())!.Stats.Working, (await agent.GetAsync())!.Stats.Queued));
        // Offered again after a while, it would be run a second time.
        Assert.Equal([step], process.Steps);
        GC.KeepAlive(process);
    }

    private sealed class Process : IProviderLink
    {
        public ConcurrentQueue<StepKey> Steps { get; } = [];

        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task BeginAsync(StepWorkOrder order)
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
