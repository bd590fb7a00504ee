using Microsoft.Playwright;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>The whole way of a new person: sign up, run, watch live, refresh and restart in the middle, result, wallet.</summary>
public sealed class JourneyTests(Chromium chromium, WebNode shared) : IClassFixture<Chromium>
{
    private const string Text = "Durable tasks survive crashes.";

    private static readonly string LongText = string.Join(' ', Enumerable.Range(1, 300).Select(i =>
        $"Sentence {i} tells of harbour {i % 17}, whose keeper counts {i * 7} ships and writes each of them into a ledger."));

    [Fact]
    public async Task Journey_OverARefreshAndARestart_LosesNothingAndChargesOnce()
    {
        await using var node = new OwnNode();
        await node.StartAsync();
        await using var watched = await chromium.OpenAsync(node.Address);
        var page = watched.Page;

        await page.GotoAsync("/register");
        await page.FillAsync("#displayName", "Ada");
        await page.FillAsync("#email", "ada@example.org");
        await page.FillAsync("#password", "correct horse battery");
        await page.CheckAsync("#over18");
        await page.ClickAsync("main button.primary");
        await Assertions.Expect(page.Locator("header .balance")).ToContainTextAsync("100");

        await page.GotoAsync("/agents/orkestron/summariser");
        await page.FillAsync("textarea[name='f/text']", LongText);
        await page.ClickAsync("form.run button.primary");
        await page.WaitForURLAsync("**/tasks/*");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        var task = page.Url;

        await page.ReloadAsync();
        await node.RestartAsync();
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 90_000 });
        var sequences = await page.Locator("[data-timeline] li[data-seq]").EvaluateAllAsync<int[]>(
            "rows => rows.map(row => Number(row.dataset.seq))");
        Assert.Equal(Enumerable.Range(1, sequences.Length), sequences.Order());
        await watched.AssertAccessibleAsync();

        await page.GotoAsync("/wallet");
        await Assertions.Expect(page.Locator("ul.entries > li")).ToHaveCountAsync(4);
        await watched.AssertAccessibleAsync();
        await page.GotoAsync("/tasks");
        await Assertions.Expect(page.Locator($"main a[href='{new Uri(task).AbsolutePath}']")).ToHaveCountAsync(1);
        await watched.AssertAccessibleAsync();
        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task Guest_FromTheAgentsPage_RunsWithOneClick()
    {
        await using var watched = await chromium.OpenAsync(shared.Address, ColorScheme.Dark, 390);
        var page = watched.Page;

        await page.GotoAsync("/agents/orkestron/keyword-extractor");
        await page.FillAsync("textarea[name='f/text']", "Durable tasks survive crashes. <script>alert(1)</script>");
        await page.CheckAsync("#over18");
        await page.ClickAsync("form.run button.primary");
        await page.WaitForURLAsync("**/tasks/*");

        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await watched.AssertAccessibleAsync();
        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task Guest_BeyondTheFreeOnesOfItsNetwork_OpensOnceTheBrowserHasDoneTheWork()
    {
        await using var node = new WebNode();
        await node.StartAsync(null, "--Orkestron:Accounts:FreeAccounts", "1");
        using var first = await node.GuestAsync();
        await using var watched = await chromium.OpenAsync(node.Address);
        var page = watched.Page;
        // As a browser whose script has not come yet: the form says what is missing, and keeps what was written.
        await page.RouteAsync("**/js/proof*.js", static route => route.AbortAsync());
        await page.GotoAsync("/agents/orkestron/keyword-extractor");
        await RunAsync();
        await Assertions.Expect(page.Locator("form.run")).ToContainTextAsync("a small proof of work");
        await Assertions.Expect(page.Locator("textarea[name='f/text']")).ToHaveValueAsync(Text);

        await page.UnrouteAllAsync();
        await page.GotoAsync("/agents/orkestron/keyword-extractor");
        await Assertions.Expect(page.Locator("ork-proof[data-solved='true'] input[name='proof']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("ork-proof p")).ToBeHiddenAsync();
        await watched.AssertAccessibleAsync();
        await RunAsync();
        await page.WaitForURLAsync("**/tasks/*");

        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.Locator("header .balance")).ToContainTextAsync("19.");
        watched.AssertNoComplaints();

        async Task RunAsync()
        {
            await page.FillAsync("textarea[name='f/text']", Text);
            await page.CheckAsync("#over18");
            await page.ClickAsync("form.run button.primary");
        }
    }

    [Fact]
    public async Task Task_WhereNoWebSocketGetsThrough_IsFollowedAllTheSame()
    {
        await using var watched = await chromium.OpenAsync(shared.Address);
        var page = watched.Page;
        await page.AddInitScriptAsync(
            "window.WebSocket = class { constructor() { setTimeout(() => this.onclose(), 0); } send() {} close() {} };");
        var events = page.WaitForResponseAsync(response => response.Url.Contains("/events?after=", StringComparison.Ordinal));

        await page.GotoAsync("/agents/orkestron/summariser");
        await page.FillAsync("textarea[name='f/text']", LongText);
        await page.CheckAsync("#over18");
        await page.ClickAsync("form.run button.primary");
        await page.WaitForURLAsync("**/tasks/*");

        Assert.Equal(200, (await events).Status);
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        watched.AssertNoComplaints();
    }
}
