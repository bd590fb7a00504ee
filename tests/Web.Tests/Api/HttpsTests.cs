using System.Net;
using Orkestron.Contracts.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a secure channel changes. On nodes of their own.</summary>
public sealed class HttpsTests
{
    private const string Guest = """{"over18":true,"acceptedPolicyVersion":1}""";

    [Fact]
    public async Task Session_OverHttps_IsBoundToTheHostAndSecure()
    {
        await using var node = new WebNode();
        await node.StartAsync("https://127.0.0.1:0", TestCertificate.Make(node.Folder));
        using var client = node.Visitor();

        using var answer = await client.PostAsync("account/guest", Guest);

        var account = await ApiClient.ReadAsync<Account>(answer, HttpStatusCode.Created);
        AssertBound(answer);
        Assert.Equal(account.UserId, (await client.GetAsync<Account>("account")).UserId);
        using var ended = await client.PostAsync("account/logout", "");
        AssertBound(ended);
        using var after = await client.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(after, 401, "sign_in_required");
    }

    [Fact]
    public async Task Session_BehindAKnownProxyThatEndsHttps_IsBoundAndTheHostToHttps()
    {
        await using var node = new WebNode();
        await node.StartAsync(
            null,
            "--Orkestron:Proxy:KnownProxies", "127.0.0.1",
            "--AllowedHosts", "orkestron.example;127.0.0.1",
            "--Orkestron:Accounts:FreeAccounts", "2");
        using var client = node.Visitor();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.Http.DefaultRequestHeaders.Host = "orkestron.example";

        using var answer = await client.PostAsync("account/guest", Guest);
        using var page = await client.Http.GetAsync(new Uri("/login", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        AssertBound(answer);
        Assert.Equal("max-age=31536000", Assert.Single(page.Headers.GetValues("Strict-Transport-Security")));
        Assert.All(
            page.Headers.GetValues("Set-Cookie"), static cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));

        // Each client behind the proxy has limits of its own.
        for (var i = 1; i < 4; i++)
        {
            using var other = node.Visitor();
            other.Http.DefaultRequestHeaders.Add("X-Forwarded-For", $"192.0.2.{i}");
            using var opened = await other.PostAsync("account/guest", Guest);
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        }

        using var unknown = node.Visitor();
        unknown.Http.DefaultRequestHeaders.Host = "evil.example";
        using var refused = await unknown.Http.GetAsync(new Uri("policy", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(refused, 400, "unknown_host");
        using var health = await unknown.Http.GetAsync(new Uri("/health/live", UriKind.Relative), ApiClient.Stop);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task Session_WhoClaimsHttpsWithoutATrustedProxy_IsNotBelieved()
    {
        await using var node = new WebNode();
        await node.InitializeAsync();
        using var client = node.Visitor();
        client.Http.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");

        using var answer = await client.PostAsync("account/guest", Guest);

        Assert.StartsWith(
            "orkestron-session=", Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private static void AssertBound(HttpResponseMessage answer)
    {
        var parts = Assert.Single(answer.Headers.GetValues("Set-Cookie")).Split("; ");
        Assert.StartsWith("__Host-orkestron-session=", parts[0], StringComparison.Ordinal);
        Assert.Contains("secure", parts, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("httponly", parts, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", parts, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("path=/", parts, StringComparer.OrdinalIgnoreCase);
        Assert.DoesNotContain(parts, part => part.StartsWith("domain", StringComparison.OrdinalIgnoreCase));
    }
}
