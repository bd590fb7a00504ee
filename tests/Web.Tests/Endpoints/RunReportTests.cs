using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Orkestron.Contracts.Agents;
using Orkestron.Contracts.Common;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>What an agent's owner is told of its runs, and what nobody is.</summary>
public sealed class RunReportTests(HttpNode node)
{
    private const string Canary = "canary-7f3a";

    private static CancellationToken Stop => ApiClient.Stop;

    [Fact]
    public async Task Runs_OfAnAgent_AreToldToItsOwnerWithoutWhoseTheyWere()
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        using var customer = await node.Node.GuestAsync();
        // What it is told decides: the last one answers what its schema does not allow.
        peer.Answer = static (context, call) => context.Response.WriteAsJsonAsync(
            call.Json.GetProperty("input").GetProperty("text").GetString()!.EndsWith("wrong", StringComparison.Ordinal)
                ? (object)new { wrong = Canary }
                : new { text = Canary });
        var tasks = new List<Guid>();
        foreach (var text in (string[])[Canary, $"{Canary} two", $"{Canary} wrong"])
        {
            tasks.Add((await customer.SettledAsync(new { agent = provider.Agent, input = new { text } })).Id);
        }

        var path = $"agents/{provider.Agent}";
        var runs = await provider.Client.GetAsync<ListOf<AgentRunListing>>($"{path}/runs");
        Assert.Equal(["output_invalid", "succeeded", "succeeded"], runs.Items.Select(static run => run.Outcome));
        Assert.Equal([0L, 9_000, 9_000], runs.Items.Select(static run => run.Earned!.Value.Micro));
        Assert.All(runs.Items, static run => Assert.Equal(("1.0.0", "http", 1), (run.Version, run.Transport, run.Attempt)));
        Assert.All(runs.Items, static run => Assert.True(run is { InputBytes: > 20, Milliseconds: >= 0, WaitMilliseconds: >= 0 }));
        Assert.Equal(
            ["""{"text":"canary-7f3a"}""".Length, """{"text":"canary-7f3a"}""".Length],
            runs.Items.Skip(1).Select(static run => run.OutputBytes!.Value));

        var first = await provider.Client.GetAsync<ListOf<AgentRunListing>>($"{path}/runs?limit=2");
        var second = await provider.Client.GetAsync<ListOf<AgentRunListing>>($"{path}/runs?limit=2&after={first.Next}");
        Assert.Equal(runs.Items, [.. first.Items, .. second.Items]);
        Assert.Null(second.Next);
        Assert.Single((await provider.Client.GetAsync<ListOf<AgentRunListing>>($"{path}/runs?outcome=failed&version=1.0.0")).Items);

        var metrics = await provider.Client.GetAsync<AgentMetricsReport>($"{path}/metrics?window=1h");
        Assert.Equal((3, 2, 18_000), (metrics.All.Runs, metrics.All.Succeeded, metrics.All.Earned.Micro));
        Assert.Equal(1, metrics.All.Failures["output_invalid"]);
        Assert.Equal("1.0.0", Assert.Single(metrics.Versions).Version);
        Assert.NotNull(metrics.All.P95Milliseconds);

        var earnings = await provider.Client.GetAsync<EarningsPreview>($"{path}/earnings?perDay=300&inputBytes=2000");
        Assert.Equal((true, 10_000, 1_800_000), (earnings.FromRecentRuns, earnings.Current.PerRun.Micro, earnings.PerDay.Micro));

        var page = await provider.Client.Http.GetStringAsync(
            new Uri($"/provider/{provider.Agent}?window=1h&outcome=failed&of=1.0.0&perDay=300&inputBytes=2000", UriKind.Relative), Stop);
        Assert.Contains("output_invalid (1)", page, StringComparison.Ordinal);
        Assert.Contains("1.8 tok", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, page, StringComparison.Ordinal);

        var told = string.Concat(await Task.WhenAll(((string[])["runs", "metrics", "earnings"]).Select(
            each => provider.Client.Http.GetStringAsync(new Uri($"{path}/{each}", UriKind.Relative), Stop))));
        Assert.DoesNotContain(Canary, told, StringComparison.Ordinal);
        foreach (var id in tasks.Append(customer.UserId))
        {
            Assert.DoesNotContain(id.ToString("N"), told.Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("runs")]
    [InlineData("metrics")]
    [InlineData("earnings")]
    public async Task Report_ForAnyoneElseOrAskedWrongly_IsAProblem(string report)
    {
        await using var peer = await EndpointPeer.StartAsync();
        using var provider = await node.ProviderAsync(peer);
        await provider.ArriveAsync();
        using var other = await node.Node.GuestAsync();
        using var nobody = new ApiClient(provider.Client.Http.BaseAddress!);
        var wrong = report switch
        {
            "runs" => "limit=0",
            "metrics" => "window=2h",
            _ => "perDay=-1",
        };

        await ProblemAsync(other, $"agents/{provider.Agent}/{report}", 404, "agent_not_found");
        await ProblemAsync(provider.Client, $"agents/{provider.Name}/unknown/{report}", 404, "agent_not_found");
        await ProblemAsync(provider.Client, $"agents/{provider.Agent}/{report}?{wrong}", 400, "invalid");
        using var unsigned = await nobody.Http.GetAsync(new Uri($"agents/{provider.Agent}/{report}", UriKind.Relative), Stop);
        Assert.Equal(401, (int)unsigned.StatusCode);
        // A new agent has nothing to tell yet, and says so.
        Assert.Equal(JsonValueKind.Object, (await provider.Client.GetAsync<JsonElement>($"agents/{provider.Agent}/{report}")).ValueKind);
    }

    private static async Task ProblemAsync(ApiClient client, string path, int status, string code)
    {
        using var answer = await client.Http.GetAsync(new Uri(path, UriKind.Relative), Stop);
        await ApiClient.ProblemAsync(answer, status, code);
    }
}
