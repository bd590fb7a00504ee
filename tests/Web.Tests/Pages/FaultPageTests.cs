using System.Net;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Pages;

/// <summary>Pages that say what is wrong: with the right status, and under the header of whoever is signed in.</summary>
public sealed class FaultPageTests(WebNode node)
{
    [Theory]
    [InlineData("/tasks/compare?a=1&b=2", "'a'", "an id")]
    [InlineData("/tasks/compare?t=0197a000-0000-7000-8000-000000000000&t=x", "'t'", "an id")]
    [InlineData("/agents/orkestron/keyword-extractor?example=0x1F", "'example'", "a whole number")]
    [InlineData("/agents/orkestron/keyword-extractor?from=99999999999999999999", "'from'", "an id")]
    [InlineData("/provider/agents/new?task=%20", "'task'", "an id")]
    public async Task Page_WithAValueOfAnotherKind_SaysWhichAndWhatItTakes(string path, string name, string kind)
    {
        using var guest = await node.GuestAsync();

        var page = await PageForm.GetAsync(guest, node.Address, path);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Contains(name, page.Text, StringComparison.Ordinal);
        Assert.Contains(kind, page.Text, StringComparison.Ordinal);
        Assert.Contains("Guest", page.Document.QuerySelector("header .who")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nothing-here")]
    [InlineData("/agents/a/b/c/d")]
    [InlineData("/tasks/not-an-id")]
    public async Task Page_ThatIsNone_KeepsTheSignIn(string path)
    {
        using var guest = await node.GuestAsync();
        using var visitor = node.Visitor();

        var mine = await PageForm.GetAsync(guest, node.Address, path);
        var theirs = await PageForm.GetAsync(visitor, node.Address, path);

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (mine.Status, theirs.Status));
        Assert.Contains("Guest", mine.Document.QuerySelector("header .who")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Sign in", theirs.Document.QuerySelector("header .who")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/agents?q=%FF")]
    [InlineData("/tasks?agent=%ED%A0%BD")]
    [InlineData("/login?returnUrl=%00")]
    public async Task Page_WithAnAddressThatIsNoText_SaysSo(string path)
    {
        using var guest = await node.GuestAsync();
        using var answer = await guest.Http.GetAsync(
            new Uri($"{node.Address}{path[1..]}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }),
            ApiClient.Stop);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("percent-encoded UTF-8", await answer.Content.ReadAsStringAsync(ApiClient.Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/tasks")]
    [InlineData("/wallet")]
    [InlineData("/files")]
    [InlineData("/agents")]
    public async Task List_AfterAPlaceThatIsNone_SaysThatItIsTheBeginning(string path)
    {
        using var guest = await node.GuestAsync();

        var page = await PageForm.GetAsync(guest, node.Address, $"{path}?after=zzz");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("starts at the beginning", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Icon_AtTheUsualAddress_IsThere()
    {
        using var visitor = node.Visitor();

        using var answer = await visitor.Http.GetAsync(new Uri("/favicon.ico", UriKind.Relative), ApiClient.Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/x-icon", answer.Content.Headers.ContentType?.MediaType);
    }
}
