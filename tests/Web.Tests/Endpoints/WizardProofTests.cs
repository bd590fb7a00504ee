using Microsoft.AspNetCore.Http;
using Orkestron.Contracts;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Hosting;
using Orkestron.Web.Tests.Pages;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>The publish wizard for an agent over HTTP: its address is proved first.</summary>
public sealed class WizardProofTests(HttpNode node)
{
    private const string New = "/provider/agents/new";

    [Fact]
    public async Task HttpAgent_ProvedInTheWizard_RunsAndIsReplacedByADearerVersion()
    {
        await using var peer = await EndpointPeer.StartAsync();
        peer.Answer = static (context, _) => context.Response.WriteAsJsonAsync(new { text = "Good evening." });
        using var guest = await node.Node.GuestAsync();
        var address = node.Node.Address;
        var agent = $"w-{Guid.NewGuid():N}"[..20] + "/echo";
        var price = await (await (await PageForm.GetAsync(guest, address, New)).With(
                ("provider", agent[..20]), ("name", "echo"), ("title", "Echo"), ("summary", "Says it."), ("country", "DE"),
                ("reach", "http"), ("endpoint", new Uri(peer.Address, "/echo").ToString()))
            .PressAsync("next")).PressAsync("next");

        var prove = await price.PressAsync("next");
        var registered = await prove.PressAsync("register");
        Assert.StartsWith("whsec_", registered.Document.GetElementById("secret")!.TextContent.Trim(), StringComparison.Ordinal);
        var early = await registered.PressAsync("publish");
        Assert.Contains("not proved yet", early.Text, StringComparison.Ordinal);
        Assert.Null(early.Document.GetElementById("secret"));
        peer.Token = early.Document.GetElementById("token")!.TextContent.Trim();
        var test = await early.PressAsync("publish");
        var run = await test.PressAsync();
        var task = Guid.Parse(run.Address.Query[(run.Address.Query.IndexOf("task=", StringComparison.Ordinal) + 5)..]);
        Assert.Equal("completed", (await guest.GetAsync<TaskDetail>($"tasks/{task}?wait=30")).State);
        await (await PageForm.GetAsync(guest, address, $"{New}?agent={agent}&version=1.0.0&step=publish")).PressAsync();

        // A dearer version is no candidate: people were shown the price of now.
        var card = await PageForm.GetAsync(guest, address, $"{New}?agent={agent}");
        var dearer = (await (await card.PressAsync("next")).PressAsync("next")).With(("perCall", "0.02"));
        var refused = await dearer.PressAsync("next");
        Assert.Contains("costs at most what that one costs", refused.Text, StringComparison.Ordinal);
        Assert.Equal("1.0.0", (await guest.GetAsync<AgentListing>($"agents/{agent}")).Version);
        await refused.PressAsync("replace");
        var listed = await guest.GetAsync<AgentListing>($"agents/{agent}");
        Assert.Equal(("1.0.1", new Tokens(20_000)), (listed.Version, listed.Price.PerCall));
    }
}
