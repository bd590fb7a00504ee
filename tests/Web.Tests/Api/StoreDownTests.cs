using System.Net;
using System.Text.Json;
using Orkestron.Contracts.Tasks;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>PostgreSQL goes away and comes back under a running node.</summary>
public sealed class StoreDownTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string Body =
        JsonSerializer.Serialize(new { agent = ApiClient.Keywords, input = new { text = "Wait for the store." } });

    [Fact]
    public async Task Submit_WhileTheStoreIsGone_ChargesNothingAndSucceedsOnceItIsBack()
    {
        await using var database = await TestDatabase.CreateAsync("web");
        var (proxy, connectionString) = database.Behind();
        await using var store = proxy;
        await using var node = new WebNode();
        await node.StartAsync(null, "--ConnectionStrings:Orkestron", connectionString, "--Logging:Console:LogLevel:Default", "None");
        using var guest = await node.GuestAsync();
        using var program = new ApiClient(node.Address, ApiKeyFormat.Create());
        using var newcomer = node.Visitor();
        await guest.RunAsync("Before.");
        var before = await guest.WalletAsync();

        store.Cut();
        using var first = await guest.PostAsync("tasks", Body, "while-down");
        using var second = await guest.PostAsync("tasks", Body, "while-down");
        // A key that nobody can look up now is not called unknown, nor is an address.
        using var key = await program.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop);
        using var login = await newcomer.PostAsync("account/login", """{"email":"a@example.test","password":"p"}""");
        using var opened = await newcomer.PostAsync("account/guest", """{"over18":true,"acceptedPolicyVersion":1}""");
        using var ready = await guest.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), ApiClient.Stop);
        using var live = await guest.Http.GetAsync(new Uri("/health/live", UriKind.Relative), ApiClient.Stop);

        foreach (var refused in new[] { first, second, key, login, opened })
        {
            await ApiClient.ProblemAsync(refused, 503, "unavailable");
            Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));

        store.Mend();
        var wallet = await RetryAsync(() => guest.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop));
        Assert.Equal(before, await ApiClient.ReadAsync<Contracts.Wallets.Wallet>(wallet, HttpStatusCode.OK));
        var task = await ApiClient.ReadAsync<TaskDetail>(
            await RetryAsync(() => guest.PostAsync("tasks", Body, "while-down")), HttpStatusCode.Accepted);
        await foreach (var _ in guest.EventsAsync(task.Id))
        {
            // The stream ends when the task is settled.
        }

        var settled = await guest.GetAsync<TaskDetail>($"tasks/{task.Id}");
        var again = await ApiClient.ReadAsync<TaskDetail>(
            await guest.PostAsync("tasks", Body, "while-down"), HttpStatusCode.Accepted);
        Assert.Equal(("completed", task.Id), (settled.State, again.Id));
        Assert.Equal(before.Available.Micro - settled.Cost.Charged.Micro, (await guest.WalletAsync()).Available.Micro);
        using var unknown = await program.Http.GetAsync(new Uri("wallet", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(unknown, 401, "api_key_refused");
    }

    [Fact]
    public async Task Stream_OfAKeyThatCannotBeLookedUp_GoesOnOnceTheStoreIsBack()
    {
        await using var database = await TestDatabase.CreateAsync("web");
        var (proxy, connectionString) = database.Behind();
        await using var store = proxy;
        await using var node = new WebNode();
        await node.StartAsync(null, "--ConnectionStrings:Orkestron", connectionString, "--Logging:Console:LogLevel:Default", "None");
        using var guest = await node.GuestAsync();
        var key = (await guest.CreateKeyAsync("read", "write")).Key;
        using var program = new ApiClient(node.Address, key);
        using var submitted = await program.PostAsync("tasks", RetryTests.Plan);
        var id = (await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted)).Id;
        await Polling.UntilAsync("it asks", Patience, async _ =>
            (await guest.GetAsync<TaskDetail>($"tasks/{id}")).State == "input-required");
        using var events = await program.Http.GetAsync(
            new Uri($"tasks/{id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ApiClient.Stop);
        using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(ApiClient.Stop));
        await BeatsAsync(1);

        store.Cut();
        await node.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, ApiClient.Stop);
        await Assert.ThrowsAnyAsync<Exception>(() => node.Grains.GetGrain<IApiKeyGrain>(ApiKeyFormat.HashOf(key)).OwnerAsync());
        await BeatsAsync(5);
        store.Mend();
        using var answered = await RetryAsync(() => guest.PostAsync($"tasks/{id}/input", """{"input":{"decision":"approve","note":"Ten ships."}}"""));

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Contains("event: end", await reader.ReadToEndAsync(ApiClient.Stop), StringComparison.Ordinal);

        async Task BeatsAsync(int times)
        {
            while (times > 0)
            {
                var line = await reader.ReadLineAsync(ApiClient.Stop);
                Assert.NotNull(line);
                times -= line == ":" ? 1 : 0;
            }
        }
    }

    /// <summary>What every client is told to do: send it again after the time in Retry-After.</summary>
    private static async Task<HttpResponseMessage> RetryAsync(Func<Task<HttpResponseMessage>> send)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ApiClient.Stop);
        patience.CancelAfter(Patience);
        while (true)
        {
            var answer = await send();
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }

            await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, TimeProvider.System, patience.Token);
        }
    }
}
