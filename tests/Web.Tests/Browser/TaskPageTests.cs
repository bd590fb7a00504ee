using System.Net;
using Microsoft.Playwright;
using Orkestron.Contracts.Tasks;
using Orkestron.Web.Tests.Api;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Browser;

/// <summary>A run followed, approved, gone on from a step and compared, in a browser.</summary>
public sealed class TaskPageTests(Chromium chromium, WebNode node) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Run_FollowedApprovedRetriedAndCompared_WithoutAReload(ColorScheme scheme, int width)
    {
        using var guest = await node.GuestAsync();
        using var submitted = await guest.PostAsync("tasks", RetryTests.Plan);
        var task = await ApiClient.ReadAsync<TaskDetail>(submitted, HttpStatusCode.Accepted);
        await using var watched = await chromium.OpenAsync(node.Address, scheme, width);
        await watched.SignInAsync(guest, node.Address);
        var page = watched.Page;
        await page.GotoAsync($"/tasks/{task.Id}");
        await page.EvaluateAsync("window.here = true");

        await page.ClickAsync("#question-edit summary");
        await page.FillAsync("textarea[name='f/note']", "Old stone bridges.");
        await page.ClickAsync("form.question button.primary");
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".waterfall .steps > li")).ToHaveCountAsync(5);
        await Assertions.Expect(page.Locator(".waterfall rect.waiting").First).ToBeAttachedAsync();
        await Assertions.Expect(page.Locator("svg .frame-label")).ToHaveTextAsync("2 branches");
        Assert.True(await page.EvaluateAsync<bool>("window.here === true"));
        await AssertFitsAsync(watched);

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry from step 4" }).ClickAsync();
        await page.WaitForURLAsync(
            url => url.Contains("/tasks/", StringComparison.Ordinal) && !url.Contains(task.Id.ToString(), StringComparison.Ordinal));
        await Assertions.Expect(page.Locator(".strip[data-state='completed']")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".waterfall")).ToContainTextAsync("not run");
        await AssertFitsAsync(watched);

        await page.GetByRole(AriaRole.Link, new() { Name = "Compare the two" }).ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("reused, nothing paid");
        await AssertFitsAsync(watched);

        var compared = new Uri(page.Url).PathAndQuery;
        await using (var fresh = await chromium.OpenAsync(node.Address))
        {
            await fresh.SignInAsync(guest, node.Address);
            Assert.InRange(await fresh.WeightAsync($"/tasks/{task.Id}"), 1_000, 100 * 1024);
            Assert.InRange(await fresh.WeightAsync(compared), 1_000, 100 * 1024);
        }

        await page.GotoAsync("/tasks");
        await page.Locator("input[name='t']").Nth(0).CheckAsync();
        await page.Locator("input[name='t']").Nth(1).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Compare selected" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Compare two runs");
        watched.AssertNoComplaints();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280, "Australia/Lord_Howe")]
    [InlineData(ColorScheme.Dark, 390, "America/St_Johns")]
    public async Task Task_OfAProviderThatIsAway_SaysSoAndItsTitleFollowsItsEnd(ColorScheme scheme, int width, string zone)
    {
        using var guest = await node.GuestAsync();
        var id = await WaitingTests.SubmitAsync(guest, await WaitingTests.OfflineAsync(guest));
        await using var watched = await chromium.OpenAsync(node.Address, scheme, width, zone);
        await watched.SignInAsync(guest, node.Address);
        var page = watched.Page;

        await page.GotoAsync($"/tasks/{id}");
        await Assertions.Expect(page).ToHaveTitleAsync("Provider away · Away · Orkestron");
        await Assertions.Expect(page.Locator(".strip .pill")).ToHaveTextAsync("Provider away");
        await Assertions.Expect(page.Locator("footer [data-zone]")).ToHaveTextAsync($"Times are in your time zone, {zone}.");
        var created = (await guest.GetAsync<TaskDetail>($"tasks/{id}")).CreatedAt;
        var local = TimeZoneInfo.ConvertTime(created, TimeZoneInfo.FindSystemTimeZoneById(zone));
        await Assertions.Expect(page.Locator(".sub time").First).ToHaveTextAsync(
            local.ToString("d MMM yyyy, HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        await Assertions.Expect(page.Locator(".sub time").First).ToHaveAttributeAsync(
            "title", new System.Text.RegularExpressions.Regex(System.Text.RegularExpressions.Regex.Escape($"({zone})")));
        await AssertFitsAsync(watched);

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop the task" }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveTitleAsync("Stopped · Away · Orkestron");
        await Assertions.Expect(page.Locator(".strip")).Not.ToContainTextAsync("Stops automatically");
        watched.AssertNoComplaints();
    }

    [Fact]
    public async Task Page_OfALiveTask_AddsToTheTimelineItselfAndAsksTheServerWhenMoreChanges()
    {
        using var guest = await node.GuestAsync();
        var id = await WaitingTests.SubmitAsync(guest, await WaitingTests.OfflineAsync(guest));
        await using var watched = await chromium.OpenAsync(node.Address);
        await watched.SignInAsync(guest, node.Address);
        var page = watched.Page;
        var boards = 0;
        page.Request += (_, request) => Interlocked.Add(ref boards, request.Url.Contains("/board?", StringComparison.Ordinal) ? 1 : 0);
        await page.GotoAsync($"/tasks/{id}");
        await Assertions.Expect(page.Locator("[data-connection]")).ToHaveTextAsync("Live");

        await ShareAsync("A share link was made");
        using (var withdrawn = await guest.Http.DeleteAsync(new Uri($"tasks/{id}/share", UriKind.Relative), ApiClient.Stop))
        {
            Assert.Equal(HttpStatusCode.NoContent, withdrawn.StatusCode);
        }

        await ExpectLastAsync("The share link was withdrawn");
        await ShareAsync("A share link was made");
        var rows = await RowsAsync();

        Assert.Equal(0, boards);
        await page.ReloadAsync();
        Assert.Equal(await RowsAsync(), rows);
        using (var canceled = await guest.PostAsync($"tasks/{id}/cancel", ""))
        {
            Assert.Equal(HttpStatusCode.OK, canceled.StatusCode);
        }

        await Assertions.Expect(page).ToHaveTitleAsync("Stopped · Away · Orkestron");
        Assert.InRange(boards, 1, 3);
        watched.AssertNoComplaints();

        async Task ShareAsync(string expected)
        {
            using var shared = await guest.PostAsync($"tasks/{id}/share", "{}");
            Assert.Equal(HttpStatusCode.Created, shared.StatusCode);
            await ExpectLastAsync(expected);
        }

        Task ExpectLastAsync(string sentence) =>
            Assertions.Expect(page.Locator("[data-timeline] > li:last-child .what")).ToHaveTextAsync(sentence);

        Task<string[]> RowsAsync() => page.EvaluateAsync<string[]>(
            """[...document.querySelectorAll("[data-timeline] > li")].map(row => [row.className, row.dataset.seq, row.firstElementChild.id, ...[...row.querySelectorAll("*")].map(each => each.tagName), row.textContent.replace(/\s+/g, " ").trim()].join(" "))""");
    }

    [Fact]
    public async Task Compare_WithATaskOfSomeoneElse_ShowsNothingOfIt()
    {
        using var guest = await node.GuestAsync();
        using var other = await node.GuestAsync();
        var (mine, theirs) = (await guest.RunAsync("Mine."), await other.RunAsync("Canary of theirs."));
        await using var watched = await chromium.OpenAsync(node.Address);
        await watched.SignInAsync(guest, node.Address);

        await watched.Page.GotoAsync($"/tasks/compare?a={mine.Id}&b={theirs.Id}");

        await Assertions.Expect(watched.Page.Locator("main")).ToContainTextAsync("not among your tasks");
        Assert.DoesNotContain("Canary", await watched.Page.ContentAsync(), StringComparison.Ordinal);
        await watched.AssertAccessibleAsync();
    }

    private static async Task AssertFitsAsync(WatchedPage watched)
    {
        var overflow = await watched.Page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{watched.Page.Url} is {overflow} px too wide.");
        await watched.AssertAccessibleAsync();
    }
}
