using Orkestron.Domain;
using Orkestron.Domain.Privacy;
using Orkestron.Domain.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Tasks;
using Orkestron.GrainInterfaces.Users;
using Orkestron.GrainInterfaces.Wallets;

namespace Orkestron.Cluster.Tests.Hosting;

/// <summary>A person with play tokens who hands tasks to agents.</summary>
public sealed class Customer(TestCluster cluster, Guid id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public Guid Id => id;

    public IWalletGrain Wallet => cluster.Grains.GetGrain<IWalletGrain>(id);

    public static async Task<Customer> OpenAsync(TestCluster cluster)
    {
        var id = Ids.New();
        var opened = await cluster.Grains.GetGrain<IUserGrain>(id)
            .OpenGuestAsync(new OpenGuest(true, PrivacyPolicy.Current.Version));
        Assert.True(opened.Accepted, opened.Refusal?.Detail);
        return new Customer(cluster, id);
    }

    public ITaskGrain Task(Guid taskId) => cluster.Grains.GetGrain<ITaskGrain>(taskId);

    public Task<Outcome<TaskView>> SubmitAsync(Guid taskId, string agent, string input = "{}", DateTimeOffset? deadline = null) =>
        cluster.Grains.SubmitTaskAsync(taskId, new SubmitTask(id, agent, Payload.Of(input), null, deadline));

    public async Task<TaskView> RunAsync(string agent, string input = "{}")
    {
        var taskId = Ids.New();
        var submitted = await SubmitAsync(taskId, agent, input);
        Assert.True(submitted.Accepted, submitted.Refusal?.Detail);
        return await SettledAsync(taskId);
    }

    public Task<Outcome<TaskView>> ViewAsync(Guid taskId) => Task(taskId).GetAsync(id);

    public Task<Outcome<TaskView>> AnswerAsync(Guid taskId, string answer, string? questionId = null) =>
        Task(taskId).AnswerAsync(new AnswerQuestion(id, questionId, Payload.Of(answer)));

    /// <summary>Follows the task until something has happened so many times.</summary>
    public async Task SawAsync(Guid taskId, string type, int times = 1)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var update in Task(taskId).WatchAsync(id, 0, patience.Token))
        {
            if (update.Type == type && --times == 0)
            {
                return;
            }
        }

        Assert.Fail($"The task ended without {type}.");
    }

    /// <summary>The task once it is as the test wants it: for what is reported beside the log, which no event waits for.</summary>
    public async Task<TaskView> ViewUntilAsync(Guid taskId, Func<TaskView, bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var view = (await ViewAsync(taskId)).Value!;
            if (reached(view))
            {
                return view;
            }

            await System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Waits until no silo has the task in memory.</summary>
    public async Task LeftMemoryAsync(Guid taskId)
    {
        using var patience = new CancellationTokenSource(Patience);
        var id = Task(taskId).GetGrainId();
        while ((await cluster.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Any(each => each.GrainId == id))
        {
            await System.Threading.Tasks.Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }
    }

    /// <summary>Follows the task until it is settled, over the death of silos; checks that no update is lost or repeated.</summary>
    public async Task<TaskView> SettledAsync(Guid taskId)
    {
        using var patience = new CancellationTokenSource(Patience);
        var after = 0L;
        while (true)
        {
            try
            {
                await foreach (var update in Task(taskId).WatchAsync(id, after, patience.Token))
                {
                    if (!update.Transient)
                    {
                        Assert.Equal(after + 1, update.Sequence);
                        after = update.Sequence;
                    }
                }

                var view = await Task(taskId).GetAsync(id);
                if (view.Value is { Settled: true } settled)
                {
                    return settled;
                }
            }
            catch (Exception fault) when (fault is not Xunit.Sdk.IAssertionException && !patience.IsCancellationRequested)
            {
                // The silo that served the call died: call again with what was seen.
            }

            patience.Token.ThrowIfCancellationRequested();
            await System.Threading.Tasks.Task.Yield();
        }
    }

    /// <summary>Nothing held, and exactly this much spent.</summary>
    public async Task AssertSpentAsync(long micro)
    {
        var wallet = await Wallet.GetAsync();
        Assert.Equal((20_000_000 - micro, 0L), (wallet.AvailableMicro, wallet.HeldMicro));
        var audit = await cluster.Grains.GetGrain<ILedgerGrain>(0).AuditAsync();
        Assert.Equal(0, audit.SumMicro);
        Assert.Empty(audit.Problems);
    }
}
