using Orkestron.Domain;
using Orkestron.Domain.Providers;
using Orkestron.GrainInterfaces.Providers;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>A process of a provider that takes steps and does nothing about them; disposed, it is lost.</summary>
internal sealed class TestProcess(TestCluster cluster, IProviderAgentGrain desk, string version) : IProviderLink, IAsyncDisposable
{
    private readonly string _id = $"process-{Guid.NewGuid():N}";
    private readonly TaskCompletionSource<StepKey> _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task LinkAsync()
    {
        var link = cluster.Grains.CreateObjectReference<IProviderLink>(this);
        Assert.True(await desk.LinkAsync(new ProviderLinkState(_id, 1, link, version, 1, [])));
    }

    public Task<StepKey> BegunAsync() => _begun.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public Task BeginAsync(WorkerAssignment order)
    {
        _begun.TrySetResult(order.Step);
        return Task.CompletedTask;
    }

    public Task StopAsync(StepKey step) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await desk.UnlinkAsync(_id, 1, atOnce: true);
}
