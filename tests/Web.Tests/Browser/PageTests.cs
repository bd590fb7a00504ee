using Microsoft.Playwright;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>Every page: no violation of axe, in light and dark, wide and narrow; no script blocked; light to load.</summary>
public sealed class PageTests(Chromium chromium, WebNode node) : IClassFixture<Chromium>
{
    private const int MaxFirstLoad = 100 * 1024;

    public static TheoryData<string> Paths =>
    [
        "/", "/agents", "/agents?q=csv", "/agents/orkestron/csv-analyst", "/agents/orkestron/research-brief", "/login",
        "/register", "/privacy/versions/1", "/publish", "/no-such-page",
    ];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_InAllItsLooks_IsAccessibleAndSpeaksNoError(string path)
    {
        foreach (var (scheme, width) in new[] { (ColorScheme.Light, 1280), (ColorScheme.Dark, 390) })
        {
            await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
            await watched.Page.GotoAsync(path);
            await watched.AssertAccessibleAsync();
            var overflow = await watched.Page.EvaluateAsync<int>(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{path} is {overflow} px too wide at {width}.");
            watched.AssertNoComplaints();
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Page_OnFirstLoad_StaysUnderTheLimit(string path)
    {
        await using var watched = await chromium.OpenAsync(node.Address);

        Assert.InRange(await watched.WeightAsync(path), 1_000, MaxFirstLoad);
    }
}
