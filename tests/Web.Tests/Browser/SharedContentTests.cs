using System.Net;
using Microsoft.Playwright;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>The section of a task's page that says which agent got what.</summary>
public sealed class SharedContentTests(Chromium chromium, WebNode node) : IClassFixture<Chromium>
{
    [Fact]
    public async Task TaskPage_OfAnOrchestratedTask_SaysWhoGotWhatInAllItsLooks()
    {
        using var guest = await node.GuestAsync();
        var task = await guest.SettledAsync(ApiClient.Research);
        foreach (var (scheme, width) in new[]
            { (ColorScheme.Light, 1280), (ColorScheme.Dark, 1280), (ColorScheme.Light, 390), (ColorScheme.Dark, 390) })
        {
            await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
            await watched.Page.Context.AddCookiesAsync(
                guest.Cookies.GetAllCookies().Cast<System.Net.Cookie>().Select(each => new Microsoft.Playwright.Cookie
                {
                    Name = each.Name,
                    Value = each.Value,
                    Url = node.Address.ToString(),
                }));
            await watched.Page.GotoAsync($"/tasks/{task.Id}");

            var section = watched.Page.Locator("section[aria-labelledby='shared-title']");
            await Assertions.Expect(section).ToContainTextAsync("All content stayed inside the platform.");
            await Assertions.Expect(section.Locator("tbody tr")).ToHaveCountAsync(task.Steps.Count);
            await Assertions.Expect(section.Locator("tbody tr").First.Locator("td").Nth(2)).ToContainTextAsync("question");
            await Assertions.Expect(section.Locator("tbody tr").Nth(1).Locator("td").Nth(3)).ToContainTextAsync("documents");
            var overflow = await watched.Page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"The page is {overflow} px too wide at {width}.");
            await watched.AssertAccessibleAsync();
            watched.AssertNoComplaints();
        }
    }
}
