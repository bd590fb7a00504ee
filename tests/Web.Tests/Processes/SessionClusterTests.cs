using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Common;
using Orkestron.Contracts.Tasks;
using Orkestron.Contracts.Users;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>What ends at one node of a cluster ends at the other.</summary>
public sealed class SessionClusterTests(TwoNodes nodes) : IClassFixture<TwoNodes>
{
    private const int Tries = 3;
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Logout_AtOneNode_EndsTheSessionAtTheOtherWithinASecond()
    {
        await AssertEndsAsync(() => EndAsync(nodes.Silo, nodes.Client));
        await AssertEndsAsync(() => EndAsync(nodes.Client, nodes.Silo));
    }

    [Fact]
    public async Task Key_RevokedAtOneNode_IsRefusedAtTheOtherWithinASecond()
    {
        await AssertEndsAsync(() => RevokeAsync(nodes.Silo, nodes.Client));
        await AssertEndsAsync(() => RevokeAsync(nodes.Client, nodes.Silo));
    }

    // A second is what the nodes need; a machine that does something else just then may take longer once.
    private static async Task AssertEndsAsync(Func<Task<TimeSpan>> end)
    {
        var took = new List<TimeSpan>();
        while (took.Count < Tries && !took.Exists(static each => each <= ASecond))
        {
            took.Add(await end());
        }

        Assert.True(took.Min() <= ASecond, $"It went on for {string.Join(", ", took)}.");
    }

    /// <summary>Signs out here; how long the session went on there.</summary>
    private static async Task<TimeSpan> EndAsync(WebNode here, WebNode there)
    {
        using var guest = await here.GuestAsync();
        using var copy = there.Visitor();
        foreach (var cookie in guest.Cookies.GetAllCookies().Cast<Cookie>())
        {
            copy.Cookies.Add(there.Address, new Cookie(cookie.Name, cookie.Value));
        }

        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(there.Address, "/hubs/tasks"), options => options.Cookies = copy.Cookies).Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(ApiClient.Stop);
        Assert.Equal(guest.UserId, (await copy.GetAsync<Account>("account")).UserId);

        using var loggedOut = await guest.PostAsync("account/logout", "");
        var since = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.NoContent, loggedOut.StatusCode);

        await Polling.UntilAsync("the cookie is refused", Patience, async stop =>
        {
            using var answer = await copy.Http.GetAsync(new Uri("account", UriKind.Relative), stop);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return false;
            }

            await ApiClient.ProblemAsync(answer, 401, "sign_in_required");
            return true;
        });
        await closed.Task.WaitAsync(Patience, TimeProvider.System, ApiClient.Stop);
        return Stopwatch.GetElapsedTime(since);
    }

    /// <summary>Revokes an API key here; how long it went on there.</summary>
    private static async Task<TimeSpan> RevokeAsync(WebNode here, WebNode there)
    {
        using var guest = await here.GuestAsync();
        var made = await guest.CreateKeyAsync("read");
        using var program = new ApiClient(there.Address, made.Key);
        await program.GetAsync<ListOf<TaskListItem>>("tasks");

        using var revoked = await guest.Http.DeleteAsync(new Uri($"account/keys/{made.Id}", UriKind.Relative), ApiClient.Stop);
        var since = Stopwatch.GetTimestamp();
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);

        await Polling.UntilAsync("the key is refused", Patience, async stop =>
        {
            using var answer = await program.Http.GetAsync(new Uri("tasks", UriKind.Relative), stop);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                return false;
            }

            await ApiClient.ProblemAsync(answer, 401, "api_key_refused");
            return true;
        });
        return Stopwatch.GetElapsedTime(since);
    }
}
