using Microsoft.Playwright;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>The way of a provider: through the wizard to a live task, then to what the agent does; every page as all pages are.</summary>
public sealed class ProviderPageTests(Chromium chromium, WebNode node) : IClassFixture<Chromium>
{
    private const int MaxFirstLoad = 100 * 1024;

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Wizard_ByKeyboardAndMouse_LeadsToALiveTaskAndTheAgentsPage(ColorScheme scheme, int width)
    {
        using var guest = await node.GuestAsync();
        await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
        await watched.SignInAsync(guest, node.Address);
        var page = watched.Page;
        var agent = $"b-{Guid.NewGuid():N}"[..20] + "/keywords";

        await page.GotoAsync("/provider");
        await LooksWellAsync(watched);
        await page.ClickAsync("main a.button.primary");
        await page.FillAsync("#provider", agent.Split('/')[0]);
        await page.PressAsync("#provider", "Enter");
        await Assertions.Expect(page.Locator(".notice.bad li")).ToHaveCountAsync(4);
        await LooksWellAsync(watched);
        await page.FillAsync("#name", "keywords");
        await page.FillAsync("#title", "Keywords of a text");
        await page.FillAsync("#summary", "Finds what a text is about.");
        await page.FillAsync("#country", "DE");
        await page.SelectOptionAsync("#reach", "plan");
        await page.PressAsync("#title", "Enter");
        await page.FillAsync("#output", "");
        await page.ClickAsync("button[value=preview]");
        await Assertions.Expect(page.Locator("fieldset[disabled] [name='f/text']")).ToBeVisibleAsync();
        await LooksWellAsync(watched);
        await page.ClickAsync("button.primary[value=next]");
        await page.FillAsync("#callBudget", "1");
        await LooksWellAsync(watched);
        await page.ClickAsync("button.primary[value=next]");
        await page.WaitForURLAsync("**step=test");
        await page.ClickAsync("main form button.primary");
        await page.WaitForURLAsync("**task=*");
        await LooksWellAsync(watched);
        await page.ClickAsync("main a[href^='/tasks/']");
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await page.GotoAsync("/provider");
        await LooksWellAsync(watched);
        await page.ClickAsync($"main a[href='/provider/{agent}']");
        await Assertions.Expect(page.Locator("#versions-title")).ToBeVisibleAsync();
        await LooksWellAsync(watched);
        watched.AssertNoComplaints();
    }

    [Theory]
    [InlineData("/provider")]
    [InlineData("/provider/agents/new")]
    public async Task Page_OnFirstLoad_StaysUnderTheLimit(string path)
    {
        using var guest = await node.GuestAsync();
        await using var watched = await chromium.OpenAsync(node.Address);
        await watched.SignInAsync(guest, node.Address);

        Assert.InRange(await watched.WeightAsync(path), 1_000, MaxFirstLoad);
    }

    private static async Task LooksWellAsync(WatchedPage watched)
    {
        await watched.AssertAccessibleAsync();
        var overflow = await watched.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{watched.Page.Url} is {overflow} px too wide.");
    }
}
