using System.Net;
using Orkestron.Contracts.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>The consent record: read, given, withdrawn.</summary>
public sealed class ConsentTests(WebNode node)
{
    [Fact]
    public async Task Consents_OfANewAccount_HoldThePolicyAndNothingElse()
    {
        using var guest = await node.GuestAsync();
        var policy = await guest.GetAsync<Policy>("policy");

        var record = await guest.GetAsync<ConsentRecord>("consents");

        Assert.Equal((policy.Version, policy.Sha256), (record.PolicyVersion, record.PolicySha256));
        Assert.Equal([("evaluate", false), ("improve", false)], record.Purposes.Select(each => (each.Purpose, each.Given)));
        var accepted = Assert.Single(record.History);
        Assert.Equal(("policy.accepted", "1", 1, "guest form"), (accepted.What, accepted.Subject, accepted.PolicyVersion, accepted.Method));
    }

    [Fact]
    public async Task Consent_GivenAndWithdrawnTwice_IsOneFactEach()
    {
        using var guest = await node.GuestAsync();

        var given = await SayAsync(guest, "improve/give");
        await SayAsync(guest, "improve/give");
        await SayAsync(guest, "improve/withdraw");
        var withdrawn = await SayAsync(guest, "improve/withdraw");

        Assert.Equal([false, true], given.Purposes.Select(each => each.Given));
        Assert.Equal([false, false], withdrawn.Purposes.Select(each => each.Given));
        Assert.Equal(
            [("consent.withdrawn", "improve"), ("consent.given", "improve"), ("policy.accepted", "1")],
            withdrawn.History.Select(each => (each.What, each.Subject)));
        Assert.Equal("API", withdrawn.History[0].Method);
        Assert.Equivalent(withdrawn, await guest.GetAsync<ConsentRecord>("consents"), strict: true);
    }

    [Theory]
    [InlineData("payments")]
    [InlineData("nonsense")]
    public async Task Consent_ToWhatDoesNotRestOnIt_IsRefused(string purpose)
    {
        using var guest = await node.GuestAsync();

        using var answer = await guest.PostAsync($"consents/{purpose}/withdraw", "");

        await ApiClient.ProblemAsync(answer, 400, "invalid");
    }

    [Fact]
    public async Task Consent_WithAKey_NeedsTheAccountScope()
    {
        using var guest = await node.GuestAsync();
        using var reader = new ApiClient(node.Address, (await guest.CreateKeyAsync("read", "write")).Key);
        using var manager = new ApiClient(node.Address, (await guest.CreateKeyAsync("account")).Key);
        using var visitor = node.Visitor();

        using var refused = await reader.PostAsync("consents/improve/give", "");
        using var allowed = await manager.PostAsync("consents/improve/give", "");
        using var nobody = await visitor.Http.GetAsync(new Uri("consents", UriKind.Relative), ApiClient.Stop);

        await ApiClient.ProblemAsync(refused, 403, "forbidden");
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.True((await reader.GetAsync<ConsentRecord>("consents")).Purposes.Single(each => each.Purpose == "improve").Given);
        await ApiClient.ProblemAsync(nobody, 401, "sign_in_required");
    }

    private static async Task<ConsentRecord> SayAsync(ApiClient client, string what)
    {
        using var answer = await client.PostAsync($"consents/{what}", "");
        return await ApiClient.ReadAsync<ConsentRecord>(answer, HttpStatusCode.OK);
    }
}
