using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Users;
using Orkestron.GrainInterfaces.Users;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>Sessions end where they are kept, not in the browser that was asked to forget its cookie.</summary>
public sealed class SessionTests(WebNode node)
{
    /// <summary>Waits for an answer that never comes by itself.</summary>
    private const string Waiting = """
        {"agent":"orkestron/workflow","input":{"plan":{"steps":[{"id":"ask","approve":{"prompt":"Go on?"}}]},"input":{}}}
        """;

    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Logout_ACopiedCookie_OpensNothingAnyMore()
    {
        using var guest = await node.GuestAsync();
        using var thief = Copy(guest);
        Assert.Equal(guest.UserId, (await thief.GetAsync<Account>("account")).UserId);

        using var loggedOut = await guest.PostAsync("account/logout", "");

        using var after = await thief.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(after, 401, "sign_in_required");
        Assert.Equal(HttpStatusCode.NoContent, loggedOut.StatusCode);
    }

    [Fact]
    public async Task Logout_OfOneBrowser_LeavesTheOthers()
    {
        using var guest = await node.GuestAsync();
        using var first = Copy(guest);
        // The guest keeps the account: the session that began with it ends, and a new one begins.
        using var registered = await guest.PostAsync("account/register", $$"""
            {"email":"{{guest.UserId:N}}@example.test","password":"correct horse battery","displayName":"Ada","over18":true,"acceptedPolicyVersion":1}
            """);
        using var elsewhere = node.Visitor();
        using var signedIn = await elsewhere.PostAsync(
            "account/login", $$"""{"email":"{{guest.UserId:N}}@example.test","password":"correct horse battery"}""");

        using var loggedOut = await elsewhere.PostAsync("account/logout", "");

        Assert.Equal(guest.UserId, (await guest.GetAsync<Account>("account")).UserId);
        using var old = await first.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(old, 401, "sign_in_required");
    }

    [Fact]
    public async Task End_OnAnotherNode_EndsStreamsHubsAndWaitsWithinASecond()
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", Waiting);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(node.Address, "/hubs/tasks"), options => options.Cookies = guest.Cookies).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(ApiClient.Stop);
        using var stream = await guest.Http.GetAsync(
            new Uri($"tasks/{task.Id}/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, ApiClient.Stop);
        var body = (await stream.Content.ReadAsStreamAsync(ApiClient.Stop)).CopyToAsync(Stream.Null, ApiClient.Stop);
        var waiting = guest.Http.GetAsync(new Uri($"tasks/{task.Id}?wait=60", UriKind.Relative), ApiClient.Stop);
        // What began before this one is answered is under way.
        await guest.GetAsync<Account>("account");

        var (userId, session) = SessionOf(guest);
        await node.Grains.GetGrain<ISessionsGrain>(userId).EndAsync(session);

        await closed.Task.WaitAsync(ASecond, TimeProvider.System, ApiClient.Stop);
        await Assert.ThrowsAnyAsync<Exception>(() => body).WaitAsync(ASecond, TimeProvider.System, ApiClient.Stop);
        using (var waited = await waiting.WaitAsync(ASecond, TimeProvider.System, ApiClient.Stop))
        {
            await ApiClient.ProblemAsync(waited, 401, "sign_in_required");
        }

        using var after = await guest.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(after, 401, "sign_in_required");
    }

    [Theory]
    [InlineData("account/guest", """{"over18":true,"acceptedPolicyVersion":1}""", HttpStatusCode.Created)]
    [InlineData("account/logout", "", HttpStatusCode.NoContent)]
    [InlineData("account/keys", """{"name":"beside"}""", HttpStatusCode.Created)]
    public async Task End_WhileRequestsOfTheSessionAreUnderWay_LeavesNoneWithoutAnAnswer(string path, string body, HttpStatusCode done)
    {
        for (var round = 0; round < 5; round++)
        {
            using var guest = await node.GuestAsync();
            // Each of the first ends the session that all of them came with.
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
            {
                using var browser = Copy(guest);
                using var answer = i % 2 == 0
                    ? await browser.PostAsync("account/guest", """{"over18":true,"acceptedPolicyVersion":1}""")
                    : await browser.PostAsync(path, body);
                return (answer.StatusCode, Ends: i % 2 == 0);
            }));

            Assert.All(
                answers,
                each =>
                    Assert.Contains(each.StatusCode, each.Ends ? [HttpStatusCode.Created] : new[] { done, HttpStatusCode.Unauthorized }));
        }
    }

    [Fact]
    public async Task Cookie_ThatNamesNoSession_GoesOnForAGuestUntilLogout()
    {
        using var guest = await node.GuestAsync();
        var format = Cookies.TicketDataFormat;
        var ticket = format.Unprotect(CookieOf(guest).Value)!;
        var identity = (ClaimsIdentity)ticket.Principal.Identity!;
        identity.RemoveClaim(identity.FindFirst("sid"));
        using var earlier = node.Visitor();
        earlier.Cookies.Add(node.Address, new Cookie(CookieOf(guest).Name, format.Protect(ticket)));
        using var copy = Copy(earlier);

        Assert.Equal(guest.UserId, (await earlier.GetAsync<Account>("account")).UserId);
        Assert.NotEmpty(SessionOf(earlier).Session);
        using var loggedOut = await earlier.PostAsync("account/logout", "");

        using var after = await copy.Http.GetAsync(new Uri("account", UriKind.Relative), ApiClient.Stop);
        await ApiClient.ProblemAsync(after, 401, "sign_in_required");
    }

    private CookieAuthenticationOptions Cookies =>
        node.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get("session");

    private Cookie CookieOf(ApiClient client) => client.Cookies.GetCookies(node.Address)["orkestron-session"]!;

    private (Guid UserId, string Session) SessionOf(ApiClient client)
    {
        var user = Cookies.TicketDataFormat.Unprotect(CookieOf(client).Value)!.Principal;
        return (Guid.ParseExact(user.FindFirstValue("sub")!, "N"), user.FindFirstValue("sid")!);
    }

    private ApiClient Copy(ApiClient client)
    {
        var copy = node.Visitor();
        copy.Cookies.Add(node.Address, new Cookie(CookieOf(client).Name, CookieOf(client).Value));
        return copy;
    }
}
