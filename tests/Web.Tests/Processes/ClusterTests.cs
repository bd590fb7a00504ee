using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>Two silos and a web node that is their client; one silo is killed in the middle of twenty tasks.</summary>
public sealed class ClusterTests
{
    private const int Quick = 8;
    private const int Before = 14;
    private const int Tasks = 20;

    // Each entry tells its postings, a line for each; what many wallets share is counted once more, in rows.
    private const string Postings =
        """
        (SELECT entry_id, substring(line from '-?[0-9]+$')::bigint AS amount
        FROM ledger_entries, unnest(string_to_array(postings, E'\n')) AS line) AS lines
        """;

    // Much longer than it takes to declare a silo dead and to resume its tasks: machines may be busy.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task Silo_KilledAmongTwentyTasks_LosesNothingAndKeepsItsWatchers()
    {
        await using var database = await TestDatabase.CreateAsync("cluster");
        await using var cluster = new ClusterProcesses(database);
        await cluster.StartAsync();
        using var user = new ApiClient(cluster.Address);
        await RegisterAsync(user);
        var grant = (await user.WalletAsync()).Available.Micro;
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(cluster.Address, "/hubs/tasks"), options => options.Cookies = user.Cookies)
            .Build();
        await hub.StartAsync(ApiClient.Stop);

        var ids = new List<Guid>(await SubmitAsync(user, 0, Quick));
        ids.AddRange(await SubmitAsync(user, Quick, Before));
        var watchers = ids.Skip(Quick).Select(id => Watch(hub, id))
            .Append(new Watcher(user.EventsAsync(ids[Quick]).Select(each => each.Event))).ToList();
        await Task.WhenAll(watchers.Select(each => each.Opened));
        var killedAt = TimeProvider.System.GetUtcNow();
        await cluster.KillSiloAsync(0);
        ids.AddRange(await SubmitAsync(user, Before, Tasks));
        watchers.AddRange(ids.Skip(Before).Select(id => Watch(hub, id)));

        var watched = await Task.WhenAll(watchers.Select(each => each.All)).WaitAsync(Patience, TimeProvider.System, ApiClient.Stop);
        Assert.All(watched, Watcher.AssertWhole);
        Assert.Contains(watched.Take(Before - Quick), each => each[^1].At > killedAt);
        var charged = 0L;
        for (var i = 0; i < Tasks; i++)
        {
            var task = await ClusterProcesses.SettledAsync(user, ids[i]);
            Assert.Equal(("completed", null), (task.State, task.FailureCode));
            Watcher.AssertWhole(await user.EventsAsync(ids[i]).Select(each => each.Event).ToListAsync(ApiClient.Stop));
            Assert.Equal(ids[i], await SubmitAsync(user, i));
            charged += task.Cost.Charged.Micro;
        }

        var listed = await user.GetAsync<ListOf<TaskListItem>>("tasks?limit=100");
        Assert.Equal(ids.Order(), listed.Items.Select(each => each.Id).Order());
        var wallet = await user.WalletAsync();
        Assert.Equal((grant - charged, 0L), (wallet.Available.Micro, wallet.Held.Micro));
        await AssertBooksAsync(database, charged);
    }

    /// <summary>What the ledger's rows say, past every cache: they sum to zero, and each task was captured once.</summary>
    private static async Task AssertBooksAsync(TestDatabase database, long charged)
    {
        Assert.Equal(0, await CountAsync(database, $"SELECT coalesce(sum(amount), 0) FROM {Postings}"));
        Assert.Equal(0, await CountAsync(database,
            $"SELECT count(*) FROM (SELECT 1 FROM {Postings} GROUP BY entry_id HAVING sum(amount) <> 0) AS uneven"));
        Assert.Equal(Tasks, await CountAsync(database, "SELECT count(*) FROM ledger_entries WHERE kind = 'capture'"));
        Assert.Equal(Tasks, await CountAsync(database, "SELECT count(DISTINCT task_id) FROM ledger_entries WHERE kind = 'capture'"));
        Assert.Equal(-charged, await CountAsync(database, "SELECT sum(amount) FROM ledger_entries WHERE kind = 'capture'"));
    }

    private static async Task<long> CountAsync(TestDatabase database, string sql) =>
        Convert.ToInt64(await database.RunAsync(sql), CultureInfo.InvariantCulture);

    private static async Task RegisterAsync(ApiClient user)
    {
        var account = new
        {
            email = $"{Guid.NewGuid():N}@example.org",
            password = "a quiet harbour at night",
            displayName = "Harbour",
            over18 = true,
            acceptedPolicyVersion = 1,
        };
        using var answer = await user.Http.PostAsJsonAsync("account/register", account, ApiClient.Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }

    private static Task<Guid[]> SubmitAsync(ApiClient user, int from, int to) =>
        Task.WhenAll(Enumerable.Range(from, to - from).Select(i => SubmitAsync(user, i)));

    /// <summary>Sent again while the cluster lacks a part; the key makes it one task.</summary>
    private static async Task<Guid> SubmitAsync(ApiClient user, int i)
    {
        using var answer = await Polling.UntilTakenAsync(Patience, () => user.SubmitAsync(Request(i), $"cluster-{i}"));
        return (await ApiClient.ReadAsync<TaskDetail>(answer, HttpStatusCode.Accepted)).Id;
    }

    private static object Request(int i)
    {
        var text = string.Join(' ', Enumerable.Range(1, 20).Select(n => $"Sentence {n} tells of harbour {n % 7} and its {n * 3} ships."));
        return i switch
        {
            // The longest are submitted last before the kill: it meets them in the middle.
            >= Quick and < Before => new
            {
                agent = "orkestron/research-brief",
                input = new { question = $"How many ships has harbour {i}?", documents = Enumerable.Repeat(new { text }, 3) },
            },
            _ when i % 2 == 0 => new { agent = "orkestron/summariser", input = new { text } },
            _ => new { agent = ApiClient.Keywords, input = new { text } },
        };
    }

    private static Watcher Watch(HubConnection hub, Guid id) =>
        new(hub.StreamAsync<TaskEvent>("Watch", id.ToString(), 0L, ApiClient.Stop));
}
