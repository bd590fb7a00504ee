using System.Text;
using Microsoft.Playwright;

namespace Orkestron.Web.Tests.Browser;

/// <summary>A file from the form of an agent to its result, with and without a session.</summary>
public sealed class FileTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task File_ChosenInTheForm_ReachesTheAgentAndIsListed(ColorScheme scheme, int width)
    {
        await using var node = new OwnNode();
        await node.StartAsync();
        await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
        var page = watched.Page;

        // Without a session the file travels with the form.
        await page.GotoAsync("/agents/orkestron/csv-analyst");
        await watched.AssertAccessibleAsync();
        await ChooseAsync(page, "first.csv", "region;amount\nNorth;2\nSouth;5\n");
        await page.CheckAsync("#over18");
        await page.ClickAsync("form.run button.primary");
        await CompletedAsync(page);
        await Assertions.Expect(page.Locator("[data-region='shared'] a.file-link")).ToHaveTextAsync("first.csv");
        await watched.AssertAccessibleAsync();

        // With one it is there before the form is sent.
        await page.GotoAsync("/agents/orkestron/csv-analyst");
        await ChooseAsync(page, "second.csv", "region;amount\nEast;1\n");
        await Assertions.Expect(page.Locator("[data-file]")).ToHaveTextAsync("second.csv is uploaded.");
        await page.ClickAsync("button[value='quote']");
        await Assertions.Expect(page.Locator("ork-file a.file-link")).ToHaveTextAsync("second.csv");
        await page.ClickAsync("form.run button.primary");
        await CompletedAsync(page);

        await page.GotoAsync("/files");
        await Assertions.Expect(page.Locator("table.files tbody tr")).ToHaveCountAsync(2);
        await watched.AssertAccessibleAsync();
        await page.ClickAsync("button[aria-label='Delete first.csv']");
        await Assertions.Expect(page.Locator("table.files tbody tr")).ToHaveCountAsync(1);
        watched.AssertNoComplaints();
    }

    private static Task ChooseAsync(IPage page, string name, string csv) => page.SetInputFilesAsync(
        "input[type=file]", new FilePayload { Name = name, MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private static async Task CompletedAsync(IPage page)
    {
        await page.WaitForURLAsync("**/tasks/*");
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }
}
