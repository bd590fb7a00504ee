using System.Net;
using System.Net.Http.Json;
using Orkestron.Contracts.Users;
using Orkestron.Domain.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Features.Accounts;
using Orkestron.Web.Shared.Authentication;
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
    public async Task Keys_UnknownOnesOfAnAddress_AreRefusedAndItsValidOnesAreNot()
    {
        using var guest = Client("127.0.0.41");
        await guest.OpenGuestAsync();
        using var used = Client("127.0.0.43", (await guest.CreateKeyAsync("read")).Key);
        using var unused = Client("127.0.0.43", (await guest.CreateKeyAsync("read")).Key);
        await used.GetAsync<Account>("account");
        for (var i = 0; i < StrictNode.FailedKeys; i++)
        {
            using var guess = Client("127.0.0.43", ApiKeyFormat.Create());
            using var unknown = await GetAsync(guess, "account");
            await ApiClient.ProblemAsync(unknown, 401, "api_key_refused");
        }

        using var last = Client("127.0.0.43", ApiKeyFormat.Create());
        using var refused = await GetAsync(last, "account");

        await AssertRefusedAsync(refused, "too_many_keys");
        Assert.Equal(guest.UserId, (await used.GetAsync<Account>("account")).UserId);
        Assert.Equal(guest.UserId, (await unused.GetAsync<Account>("account")).UserId);
    }

    [Fact]
    public async Task SignIns_AfterAGuesserHasToWait_TheOwnerComesInFromElsewhere()
    {
        var (email, password) = ($"{Guid.NewGuid():N}@example.test", "correct horse battery");
        using var owner = Client("127.0.0.51");
        using var registered = await owner.Http.PostAsJsonAsync(
            "account/register", new { email, password, displayName = "Ada", over18 = true, acceptedPolicyVersion = 1 }, ApiClient.Stop);
        Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        // Each try counts for the address too: the guesser has another one for every few.
        var grain = strict.Grains.GetGrain<IEmailGrain>(EmailKeys.Of(email));
        for (var i = 0; i < 7; i++)
        {
            await grain.SignInAsync(new SignIn("a guess of many", email, "127.0.0.52", null));
        }

        using var guesser = await SignInAsync(Client("127.0.0.52"), email, password);
        using var elsewhere = await SignInAsync(Client("127.0.0.53"), email, password);
        using var known = await SignInAsync(owner, email, password);

        await ApiClient.ProblemAsync(guesser, 429, "too_many");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (elsewhere.StatusCode, known.StatusCode));
    }

    [Fact]
    public async Task Guests_BeyondTheFreeOnesOfAnAddress_AreOpenedForAProofOnce()
    {
        using var client = Client("127.0.0.61");
        await client.OpenGuestAsync();
        using var second = Client("127.0.0.61");
        using var third = Client("127.0.0.61");
        using var elsewhere = Client("127.0.0.62");

        using var refused = await OpenAsync(second, "made.up");
        var challenge = await second.GetAsync<AccountChallenge>("account/challenge");
        var proof = $"{challenge.Ticket}.{Solve(challenge)}";
        using var opened = await OpenAsync(second, proof);
        using var again = await OpenAsync(third, proof);
        using var free = await OpenAsync(elsewhere, null);

        Assert.Contains("15 minutes", (await ApiClient.ProblemAsync(refused, 429, "proof_required")).Detail, StringComparison.Ordinal);
        await ApiClient.ReadAsync<Account>(opened, HttpStatusCode.Created);
        await ApiClient.ProblemAsync(again, 429, "proof_required");
        await ApiClient.ReadAsync<Account>(free, HttpStatusCode.Created);
    }

    private static int Solve(AccountChallenge challenge) => Enumerable.Range(0, int.MaxValue)
        .First(number => ProofOfWork.IsSolved(challenge.Seed, $"{number}", challenge.Bits));

    private static Task<HttpResponseMessage> OpenAsync(ApiClient client, string? proof) => client.PostAsync(
        "account/guest", $$"""{"over18":true,"acceptedPolicyVersion":1{{(proof is null ? "" : $",\"proof\":\"{proof}\"")}}}""");

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string code)
    {
        await ApiClient.ProblemAsync(answer, 429, code);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }

    private static Task<HttpResponseMessage> GetAsync(ApiClient client, string path) =>
        client.Http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), ApiClient.Stop);

    private static Task<HttpResponseMessage> SignInAsync(
        ApiClient client, string email = "nobody@example.test", string password = "a guess of many") =>
        client.Http.PostAsJsonAsync("account/login", new { email, password }, ApiClient.Stop);

    private ApiClient Client(string from, string? key = null) => new(strict.Address, key, IPAddress.Parse(from));

    /// <summary>A node that takes little.</summary>
    public sealed class StrictNode : IAsyncLifetime
    {
        public const int AccountRequests = 4;
        public const int FailedKeys = 3;
        private readonly WebNode _node = new();

        public Uri Address => _node.Address;

        public IGrainFactory Grains => _node.Grains;

        public async ValueTask InitializeAsync() => await _node.StartAsync(
            null,
            "--Orkestron:Web:AddressRequestsPerSecond", $"{Burst}",
            "--Orkestron:Web:UserRequestsPerSecond", $"{Burst}",
            "--Orkestron:Web:BurstSeconds", "1",
            "--Orkestron:Accounts:FreeAccounts", "1",
            "--Orkestron:Web:AccountRequestsPerMinute", $"{AccountRequests}",
            "--Orkestron:Web:FailedKeysPerMinute", $"{FailedKeys}");

        public ValueTask DisposeAsync() => _node.DisposeAsync();
    }
}
