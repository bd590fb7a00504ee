using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces;
using Orkestron.GrainInterfaces.Agents;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.Grains.Tests.Agents;
using Orkestron.Grains.Tests.Common;
using Orkestron.Grains.Tests.Wallets;

namespace Orkestron.Grains.Tests.Tasks;

/// <summary>A task on the test silo, of an agent whose provider is away: the test does the agent's part.</summary>
internal sealed class TaskStage(TestSilo silo, WalletStage? wallet = null)
{
    private readonly WalletStage _wallet = wallet ?? new(silo);

    public Guid Id { get; } = Guid.NewGuid();

    public WalletStage Wallet => _wallet;

    public ITaskGrain Task => silo.Grains.Get<ITaskGrain>(Id);

    public ITaskStepsGrain Steps => silo.Grains.Get<ITaskStepsGrain>(Id);

    public async Task SubmitAsync(string agent, DateTimeOffset? deadline = null)
    {
        await PublishAsync(agent);
        await _wallet.IssueAsync(1_000_000);
        var submitted = await Task.SubmitAsync(new SubmitTask(_wallet.UserId, agent, Payload.EmptyObject, null, deadline));
        Assert.True(submitted.Accepted, submitted.Refusal?.Detail);
    }

    public async Task PublishAsync(string agent, long price = 1) => Assert.True(
        (await silo.Grains.Get<IAgentGrain>(agent).PublishAsync(
            TestManifest.Of("1.0.0", agent) with { Price = new AgentPricing(price, 0, 1_000) })).Accepted);

    /// <summary>Deactivates the task and waits until another activation answers.</summary>
    public async Task ReactivateAsync()
    {
        await TestSilo.DeactivateAsync(Task);
        await ViewAsync();
    }

    public async Task<TaskView> ViewAsync() => (await Task.GetAsync(_wallet.UserId)).Value!;

    public static StepEnd Answer(int step) => new()
    {
        StepId = step,
        Attempt = 1,
        StartedAt = TestSilo.Start,
        EndedAt = TestSilo.Start,
        Output = Payload.EmptyObject,
    };
}
