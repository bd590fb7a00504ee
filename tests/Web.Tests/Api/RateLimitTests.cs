using System.Net;
using System.Net.Http.Json;
using Orkestron.Contracts.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>How often one may ask. On a node with small limits; each test calls from an address of its own.</summary>
public sealed class RateLimitTests(RateLimitTests.StrictNode strict) : IClassFixture<RateLimitTests.StrictNode>
{
    private const int Burst = 5;

    [Fact]
    public async Task Requests_OfAnAddressBeyondItsRate_AreRefusedWithTheTimeToWait()
    {
        using var client = Client("127.0.0.11");
        using var neighbour = Client("127.0.0.12");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => GetAsync(client, "policy")));

        Assert.InRange(answers.Count(answer => answer.StatusCode == HttpStatusCode.OK), Burst, 59);
        await AssertRefusedAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.OK), "rate_limited");
        using var other = await GetAsync(neighbour, "policy");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var health = await GetAsync(client, "/health/live");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Requests_OfAUserBeyondItsRate_AreRefusedWhereverTheyComeFrom()
    {
        using var client = Client("127.0.0.21");
        using var other = Client("127.0.0.22");
        await client.OpenGuestAsync();
        await other.OpenGuestAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => GetAsync(client, "wallet")));

        await AssertRefusedAsync(answers.First(answer => answer.StatusCode != HttpStatusCode.OK), "rate_limited");
        using var untouched = await GetAsync(other, "wallet");
        Assert.Equal(HttpStatusCode.OK, untouched.StatusCode);
    }

    [Fact]
    public async Task SignIns_OfAnAddressBeyondItsRate_AreRefused()
    {
        using var client = Client("127.0.0.31");
        for (var i = 0; i < StrictNode.AccountRequests; i++)
        {
            using var wrong = await SignInAsync(client);
            await ApiClient.ProblemAsync(wrong, 401, "bad_credentials");
        }

        using var refused = await SignInAsync(client);

        await AssertRefusedAsync(refused, "rate_limited");
    }

    [Fact]
    public async Task Keys_UnknownOnesOfAnAddress_AreLookedUpAFewTimesOnly()
    {
        using var guest = Client("127.0.0.41");
        await guest.OpenGuestAsync();
        var right = (await guest.CreateKeyAsync("read")).Key;
        using var elsewhere = Client("127.0.0.42", right);
        using var good = Client("127.0.0.43", right);
        await good.GetAsync<Account>("account");
        for (var i = 0; i < StrictNode.FailedKeys; i++)
        {
            using var guess = Client("127.0.0.43", ApiKeyFormat.Create());
            using var unknown = await GetAsync(guess, "account");
            await ApiClient.ProblemAsync(unknown, 401, "api_key_refused");
        }

        using var last = Client("127.0.0.43", ApiKeyFormat.Create());
        using var refused = await GetAsync(last, "account");
        using var blocked = await GetAsync(good, "account");

        await AssertRefusedAsync(refused, "too_many_keys");
        await AssertRefusedAsync(blocked, "too_many_keys");
        Assert.Equal(guest.UserId, (await elsewhere.GetAsync<Account>("account")).UserId);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string code)
    {
        await ApiClient.ProblemAsync(answer, 429, code);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static Task<HttpResponseMessage> GetAsync(ApiClient client, string path) =>
        client.Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), ApiClient.Stop);

    private static Task<HttpResponseMessage> SignInAsync(ApiClient client) => client.Http.PostAsJsonAsync(
        "account/login", new { email = "nobody@example.test", password = "a guess of many" }, ApiClient.Stop);

    private ApiClient Client(string from, string? key = null) => new(strict.Address, key, IPAddress.Parse(from));

    /// <summary>A node that takes little.</summary>
    public sealed class StrictNode : IAsyncLifetime
    {
        public const int AccountRequests = 4;
        public const int FailedKeys = 3;
        private readonly WebNode _node = new();

        public Uri Address => _node.Address;

        public async ValueTask InitializeAsync() => await _node.StartAsync(
            null,
            "--Orkestron:Web:AddressRequestsPerSecond", $"{Burst}",
            "--Orkestron:Web:UserRequestsPerSecond", $"{Burst}",
            "--Orkestron:Web:BurstSeconds", "1",
            "--Orkestron:Web:AccountRequestsPerMinute", $"{AccountRequests}",
            "--Orkestron:Web:FailedKeysPerMinute", $"{FailedKeys}");

        public ValueTask DisposeAsync() => _node.DisposeAsync();
    }
}
