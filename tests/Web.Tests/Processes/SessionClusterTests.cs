using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Orkestron.Contracts.Users;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>Two web nodes of one cluster on PostgreSQL: one with a silo of its own, one that is a client.</summary>
public sealed class SessionClusterTests
{
    private const int Tries = 3;
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Logout_AtOneNode_EndsTheSessionAtTheOtherWithinASecond()
    {
        await using var database = await TestDatabase.CreateAsync("sessions");
        await using var silo = new WebNode();
        var ports = FreePorts.Take(2);
        await silo.StartAsync(
            null,
            "--ConnectionStrings:Orkestron", database.ConnectionString,
            "--Orkestron:Cluster", "true",
            "--Orkestron:SiloPort", $"{ports[0]}",
            "--Orkestron:GatewayPort", $"{ports[1]}");
        await using var client = new WebNode();
        await client.StartAsync(
            null,
            "--ConnectionStrings:Orkestron", database.ConnectionString,
            "--Orkestron:Mode", "Client",
            // The keys of a cluster are shared.
            "--Orkestron:DataDirectory", silo.Folder);

        await AssertEndsAsync(silo, client);
        await AssertEndsAsync(client, silo);
    }

    // A second is what the nodes need; a machine that does something else just then may take longer once.
    private static async Task AssertEndsAsync(WebNode here, WebNode there)
    {
        var took = new List<TimeSpan>();
        while (took.Count < Tries && !took.Exists(static each => each <= ASecond))
        {
            took.Add(await EndAsync(here, there));
        }

        Assert.True(took.Min() <= ASecond, $"The session went on for {string.Join(", ", took)}.");
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
}
