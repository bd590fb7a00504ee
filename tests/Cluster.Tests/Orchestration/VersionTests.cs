using Microsoft.Extensions.DependencyInjection;
using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain;
using Orkestron.Domain.Agents;
using Orkestron.Domain.Tasks;
using Orkestron.GrainInterfaces.Agents;

namespace Orkestron.Cluster.Tests.Orchestration;

/// <summary>A running task stays on the version of its agent that it agreed to.</summary>
public sealed class VersionTests
{
    private const string Agent = "test/approval";

    // No answer of the test agents fits this: whoever runs under this version fails.
    private static readonly Payload Strict = Payload.Of("""{"type":"object","required":["never"]}""");

    [Fact]
    public async Task Task_ThatWaitsOverAnUpgradeAndAReactivation_EndsUnderItsOwnVersion()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 1);
        var customer = await Customer.OpenAsync(cluster);
        var id = await AskedAsync(customer);

        await PublishAsync(cluster, "2.0.0");
        await ForgetAsync(cluster);
        Assert.True((await customer.AnswerAsync(id, """{"approved":true}""")).Accepted);
        var task = await customer.SettledAsync(id);
        var again = await RetryAsync(customer, task);
        var later = await AskedAsync(customer);
        Assert.True((await customer.AnswerAsync(later, """{"approved":true}""")).Accepted);
        var failed = await customer.SettledAsync(later);

        Assert.Equal((TaskState.Completed, "1.0.0"), (task.State, task.Steps[0].AgentVersion));
        Assert.Equal((TaskState.Completed, "1.0.0"), (again.State, again.AgentVersion));
        Assert.Equal(2, again.Steps.Count(step => step.ReusedFrom is null));
        Assert.Equal((TaskState.Failed, "output_invalid", "2.0.0"), (failed.State, failed.FailureCode, failed.Steps[0].AgentVersion));
    }

    [Fact]
    public async Task Task_WhoseVersionIsNotKeptAnyMore_FailsWithThatAndIsNotPaid()
    {
        await using var cluster = await TestCluster.StartAsync(
            silos: 1, services: static services => services.Configure<AgentOptions>(static agents => agents.MaxVersions = 1));
        var customer = await Customer.OpenAsync(cluster);
        var id = await AskedAsync(customer);

        // A version is kept as long as the agent has not forgotten the run that it just handed over.
        for (var minor = 0; await cluster.Grains.GetGrain<IAgentGrain>(Agent).GetVersionAsync("1.0.0") is not null; minor++)
        {
            Assert.InRange(minor, 0, 1_000);
            await PublishAsync(cluster, $"2.{minor}.0");
        }

        Assert.True((await customer.AnswerAsync(id, """{"approved":true}""")).Accepted);
        var task = await customer.SettledAsync(id);

        Assert.Equal((TaskState.Failed, "version_gone"), (task.State, task.FailureCode));
        Assert.Contains("agreed to version 1.0.0", task.StatusMessage, StringComparison.Ordinal);
        // What it had called before was done, and is paid.
        await customer.AssertSpentAsync(10_000);

        var retried = await SubmitAgainAsync(customer, Ids.New(), task, 2);
        Assert.Equal(RefusalCode.AgentVersionChanged, retried.Refusal?.Code);
        Assert.Contains("Run the whole task again", retried.Refusal!.Detail, StringComparison.Ordinal);
        await customer.AssertSpentAsync(10_000);
    }

    // From the last step: the first call, and the answer, are taken over.
    private static async Task<TaskView> RetryAsync(Customer customer, TaskView task)
    {
        var id = Ids.New();
        var retried = await SubmitAgainAsync(customer, id, task, task.Steps[^1].Id);
        Assert.True(retried.Accepted, retried.Refusal?.Detail);
        return await customer.SettledAsync(id);
    }

    private static Task<Outcome<TaskView>> SubmitAgainAsync(Customer customer, Guid id, TaskView task, int fromStep) =>
        customer.Task(id).SubmitAsync(new SubmitTask(customer.Id, task.Agent, task.Input!, null, null)
        {
            RetryFrom = new StepRef(task.Id, fromStep),
        });

    private static async Task<Guid> AskedAsync(Customer customer)
    {
        var id = Ids.New();
        Assert.True((await customer.SubmitAsync(id, Agent, """{"draft":"Hello"}""")).Accepted);
        await customer.SawAsync(id, "step.suspended");
        return id;
    }

    private static async Task PublishAsync(TestCluster cluster, string version)
    {
        var agent = cluster.Grains.GetGrain<IAgentGrain>(Agent);
        var manifest = (await agent.GetManifestAsync())!;
        var published = await agent.PublishAsync(manifest with { Version = version, OutputSchema = Strict });
        Assert.True(published.Accepted, published.Refusal?.Detail);
    }

    private static Task ForgetAsync(TestCluster cluster) => cluster.Grains.GetGrain<IManagementGrain>(0)
        .ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
}
