using Orkestron.Cluster.Tests.Hosting;
using Orkestron.Domain.Tasks;
using Orkestron.Grains.Streams;
using Orleans.Core.Internal;

namespace Orkestron.Cluster.Tests.Tasks;

/// <summary>Lost and repeated messages, killed silos, dropped activations: every task ends once and is paid once.</summary>
public sealed class FaultTests
{
    private const long Price = 10_000;

    [Fact]
    public async Task Messages_LostAndRepeated_ChangeNothing()
    {
        var faults = new LossyStream();
        await using var cluster = await TestCluster.StartAsync(faults: faults);
        var customer = await Customer.OpenAsync(cluster);

        var tasks = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => customer.RunAsync("test/echo", $$"""{"i":{{i}}}""")));
        var orchestrated = await customer.RunAsync("test/fan-out", """{"count":8}""");

        Assert.All(tasks, task => Assert.Equal((TaskState.Completed, Price), (task.State, task.ChargedMicro)));
        Assert.Equal("""{"sum":28}""", orchestrated.Result!.ToString());
        Assert.True(faults.Lost > 5 && faults.Repeated > 5, $"{faults.Lost} lost, {faults.Repeated} repeated");
        await customer.AssertSpentAsync((30 + 9) * Price);
    }

    [Fact]
    public async Task Silo_KilledUnderTwentyTasks_LosesAndChargesNothingTwice()
    {
        await using var cluster = await TestCluster.StartAsync(silos: 3);
        var customer = await Customer.OpenAsync(cluster);
        var ids = Enumerable.Range(0, 20).Select(_ => Ids.New()).ToArray();
        foreach (var id in ids)
        {
            Assert.True((await customer.SubmitAsync(id, "test/gated")).Accepted);
        }

        await Task.WhenAll(ids.Select(id => cluster.Agents.StartedAsync(id)));
        await cluster.KillAsync(1);
        cluster.Agents.ReleaseAll();
        var tasks = await Task.WhenAll(ids.Select(customer.SettledAsync));

        Assert.All(tasks, task => Assert.Equal((TaskState.Completed, Price), (task.State, task.ChargedMicro)));
        await customer.AssertSpentAsync(20 * Price);
    }

    [Fact]
    public async Task Activations_DroppedInTheMiddle_GoOnWhereTheyWere()
    {
        await using var cluster = await TestCluster.StartAsync();
        var customer = await Customer.OpenAsync(cluster);
        var id = Ids.New();
        await customer.SubmitAsync(id, "test/gated");
        await cluster.Agents.StartedAsync(id);

        var management = cluster.Grains.GetGrain<IManagementGrain>(0);
        await management.ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);
        cluster.Agents.ReleaseAll();
        var task = await customer.SettledAsync(id);

        Assert.Equal((TaskState.Completed, Price), (task.State, task.ChargedMicro));
        await customer.AssertSpentAsync(Price);
    }

    [Fact]
    public async Task Activation_SentAwayWhileAnAgentWaitsInIt_GoesOnWhereItWas()
    {
        await using var cluster = await TestCluster.StartAsync();
        var customer = await Customer.OpenAsync(cluster);
        var id = Ids.New();
        await customer.SubmitAsync(id, "test/asking");
        await cluster.Agents.StartedAsync(id);

        // As it happens to half of all activations that live on when the silo with their directory entry died.
        await customer.Task(id).AsReference<IGrainManagementExtension>()
            .DeactivateOnIdle(TestContext.Current.CancellationToken);
        cluster.Agents.ReleaseAll();
        var task = await customer.SettledAsync(id);

        Assert.Equal((TaskState.Completed, 2 * Price), (task.State, task.ChargedMicro));
        await customer.AssertSpentAsync(2 * Price);
    }

    [Fact]
    public async Task Answer_ThatACallerGotBeforeItWasDurable_IsFetchedAgainAndPaidOnce()
    {
        await using var cluster = await TestCluster.StartAsync();
        var customer = await Customer.OpenAsync(cluster);
        var id = Ids.New();
        await customer.SubmitAsync(id, "test/asking");
        await cluster.Agents.StartedAsync(id);

        // Nothing is left to be written then but the answer.
        await customer.SawAsync(id, "step.started", times: 2);
        cluster.Store.Cut();
        cluster.Agents.Release(id.ToString());
        await cluster.Agents.AnsweredAsync(id);
        cluster.Store.Mend();
        var task = await customer.SettledAsync(id);

        Assert.Equal((TaskState.Completed, 2 * Price), (task.State, task.ChargedMicro));
        Assert.Equal(2, task.Steps.Length);
        await customer.AssertSpentAsync(2 * Price);
    }

    private sealed class LossyStream : IWorkStreamFaults
    {
        private int _count;

        public int Lost { get; private set; }

        public int Repeated { get; private set; }

        public int CopiesOf(WorkItem work)
        {
            switch (Interlocked.Increment(ref _count) % 3)
            {
                case 0:
                    Lost++;
                    return 0;
                case 1:
                    Repeated++;
                    return 2;
                default:
                    return 1;
            }
        }
    }
}
