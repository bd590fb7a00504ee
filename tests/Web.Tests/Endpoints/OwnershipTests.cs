using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Endpoints;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>That an agent is only ever called at an origin which its provider controls.</summary>
public sealed class OwnershipTests(HttpNode node)
{
    [Fact]
    public async Task Publish_AtAnOriginNotRegistered_SaysHowToRegisterIt()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);

        using var answer = await provider.PublishAsync();

        var problem = await ApiClient.ProblemAsync(answer, 409, "endpoint_unverified");
        Assert.Contains($"POST /api/v1/providers/{provider.Name}/endpoints", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publish_BeforeTheTokenIsServed_SaysWhatToServeWhere()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        using var registered = await provider.RegisterAsync();
        var secret = await ApiClient.ReadAsync<EndpointSecret>(registered, HttpStatusCode.Created);

        using var early = await provider.PublishAsync();
        using var asked = await provider.Client.PostAsync($"providers/{provider.Name}/endpoints/{provider.Id}/verify", "{}");
        var unproven = Assert.Single(
            (await provider.Client.GetAsync<ListOf<ProviderEndpoint>>($"providers/{provider.Name}/endpoints")).Items);
        peer.Token = secret.Endpoint.Challenge.Token;
        using var again = await provider.Client.PostAsync($"providers/{provider.Name}/endpoints/{provider.Id}/verify", "{}");

        var problem = await ApiClient.ProblemAsync(early, 409, "endpoint_unverified");
        Assert.Contains("/.well-known/orkestron-challenge", problem.Detail, StringComparison.Ordinal);
        Assert.Contains(secret.Endpoint.Challenge.Token, problem.Detail, StringComparison.Ordinal);
        await ApiClient.ProblemAsync(asked, 409, "endpoint_unverified");
        Assert.Equal("unverified", unproven.State);
        Assert.NotNull(unproven.Problem);
        Assert.Equal("verified", (await ApiClient.ReadAsync<ProviderEndpoint>(again, HttpStatusCode.OK)).State);
        Assert.StartsWith("whsec_", secret.Secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret.Secret["whsec_".Length..]).Length);
    }

    [Fact]
    public async Task Origin_RemovedByItsProvider_IsCalledNoMore()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();

        using var removed = await provider.Client.Http.DeleteAsync(
            new Uri($"providers/{provider.Name}/endpoints/{provider.Id}", UriKind.Relative), ApiClient.Stop);
        var task = await provider.RunAsync();

        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Equal("failed", task.State);
        Assert.Empty(peer.Calls);
        Assert.Equal("endpoint_unverified", (await provider.HealthAsync()).LastErrorKind);
    }

    [Fact]
    public async Task Proof_ThatFails_IsToldToItsProviderAndLeavesSomeGrace()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        peer.Answer = (context, _) => context.Response.WriteAsJsonAsync(new { text = "Good." });
        var page = new Uri(node.Node.Address, $"/provider/{provider.Agent}");
        var before = await provider.Client.Http.GetStringAsync(page, ApiClient.Stop);
        peer.Token = "another";

        using var asked = await provider.Client.PostAsync($"providers/{provider.Name}/endpoints/{provider.Id}/verify", "{}");
        var failing = Assert.Single(
            (await provider.Client.GetAsync<ListOf<ProviderEndpoint>>($"providers/{provider.Name}/endpoints")).Items);
        var after = await provider.Client.Http.GetStringAsync(page, ApiClient.Stop);
        var task = await provider.RunAsync();

        await ApiClient.ProblemAsync(asked, 409, "endpoint_unverified");
        Assert.Equal("failing", failing.State);
        Assert.NotNull(failing.FailingSince);
        Assert.DoesNotContain("failing since", before, StringComparison.Ordinal);
        Assert.Contains("failing since", after, StringComparison.Ordinal);
        Assert.Equal("completed", task.State);
    }

    [Fact]
    public async Task Secret_Rotated_SignsBesideTheOneBefore()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        var before = await provider.ArriveAsync();
        peer.Answer = (context, _) => context.Response.WriteAsJsonAsync(new { text = "Good." });
        using var rotated = await provider.Client.PostAsync($"providers/{provider.Name}/endpoints/{provider.Id}/rotate-secret", "{}");
        var after = await ApiClient.ReadAsync<EndpointSecret>(rotated, HttpStatusCode.OK);

        await provider.RunAsync();

        var call = Assert.Single(peer.Calls);
        Assert.NotEqual(before.Secret, after.Secret);
        Assert.True(call.IsSignedWith(before.Secret) && call.IsSignedWith(after.Secret));
        Assert.Equal(2, call.Signature.Split(' ').Length);
        Assert.NotNull(after.Endpoint.PreviousSecretUntil);
    }

    [Theory]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://agents.acme.example:22")]
    [InlineData("http://agents.acme.example")]
    [InlineData("https://agents.acme.example/path")]
    public async Task Origin_ThatNoneMayBe_IsRefused(string origin)
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);

        using var answer = await provider.RegisterAsync(new { origin });

        await ApiClient.ProblemAsync(answer, 422, "endpoint_not_allowed");
    }

    [Fact]
    public async Task Origins_OfAnotherAccount_AreNotToBeSeenOrTouched()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        using var stranger = await node.Node.GuestAsync();

        using var listed = await stranger.Http.GetAsync(new Uri($"providers/{provider.Name}/endpoints", UriKind.Relative), ApiClient.Stop);
        using var rotated = await stranger.PostAsync($"providers/{provider.Name}/endpoints/{provider.Id}/rotate-secret", "{}");
        using var registered = await stranger.PostAsync(
            $"providers/{provider.Name}/endpoints", JsonSerializer.Serialize(new { origin = "https://a.example" }));
        using var twice = await provider.RegisterAsync();

        await ApiClient.ProblemAsync(listed, 404, "not_found");
        await ApiClient.ProblemAsync(rotated, 404, "not_found");
        await ApiClient.ProblemAsync(registered, 409, "provider_taken");
        await ApiClient.ProblemAsync(twice, 409, "conflict");
    }

    [Fact]
    public async Task Later_NotToldInTime_IsToldOffAndNotPaid()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync(timeoutSeconds: 0.5);
        peer.Answer = (context, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return Task.CompletedTask;
        };

        var task = await provider.RunAsync();
        using var late = await HttpProvider.TellAsync(
            peer.Calls.First().Json.GetProperty("callback").GetString()!, new { type = "result", output = new { text = "Late." } });

        Assert.Equal(("failed", 0L), (task.State, task.Cost.Charged.Micro));
        await ApiClient.ProblemAsync(late, 410, "callback_over");
        Assert.Equal("timeout", (await provider.HealthAsync()).LastErrorKind);
        await Orkestron.Tests.Shared.Polling.UntilAsync("the endpoint was told off", TimeSpan.FromSeconds(20), _ => Task.FromResult(
            peer.Calls.Any(static call => call.Json.TryGetProperty("type", out var type) && type.GetString() == "step.canceled")));
    }
}
