using Orkestron.Domain;
using Orkestron.Web.Features.Agents.Run;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Rendering;
using Xunit;

namespace Orkestron.Web.Tests.Pages;

public sealed class HostileContentTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>", "<script")]
    [InlineData("[x](javascript:alert(1))", "javascript:")]
    [InlineData("![x](https://evil.example/track.png)", "<img")]
    [InlineData("<a href=\"x\" onclick=\"steal()\">x</a>", "<a href=\"x\"")]
    [InlineData("<p style=\"position:fixed\">x</p>", "<p style")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)", "data:")]
    public void Markdown_OfAnAgent_CannotRunLoadOrCover(string markdown, string forbidden)
    {
        var html = new SafeMarkdown().Render(markdown).Value;

        Assert.DoesNotContain(forbidden, html, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Markdown_WithHeadingsAndLinks_StaysBelowThePageAndNamesNoReferrer()
    {
        var html = new SafeMarkdown().Render("# One\n\n### Three\n\n[site](https://example.org)").Value;

        Assert.Contains("<h3>One</h3>", html, StringComparison.Ordinal);
        Assert.Contains("<h5>Three</h5>", html, StringComparison.Ordinal);
        Assert.Contains("noopener noreferrer", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/wallet?after=1", "/wallet?after=1")]
    [InlineData("//evil.example", "/agents")]
    [InlineData("/\\evil.example", "/agents")]
    [InlineData("https://evil.example", "/agents")]
    [InlineData("/a\r\nSet-Cookie: x", "/agents")]
    [InlineData("/tasks\u2028", "/agents")]
    [InlineData("/tasks\u0085x", "/agents")]
    [InlineData("/agents?q=Zürich 😀", "/agents?q=Z%C3%BCrich%20%F0%9F%98%80")]
    [InlineData("", "/agents")]
    [InlineData(null, "/agents")]
    public void ReturnPath_ToAnotherSite_IsReplaced(string? asked, string expected) =>
        Assert.Equal(expected, ReturnPath.Safe(asked));

    [Fact]
    public void ReturnPath_WithHalfASurrogatePair_IsReplaced() => Assert.Equal("/agents", ReturnPath.Safe("/tasks\ud83d"));

    [Fact]
    public void Snippets_WithQuotesInTheInput_StayOneArgument()
    {
        var code = Snippets.Of("http://localhost:5080", "a/b", Payload.Of("""{"t":"it's"}"""));

        Assert.Contains("""{"agent":"a/b","input":{"t":"it'\''s"}}'""", code.Curl, StringComparison.Ordinal);
        Assert.Contains("\"\"\"", code.CSharp, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"n":[1,-2.5,0,9007199254740991]}""", """call("/tasks", JSON.stringify({"agent":"a/b","input":{"n":[1,-2.5,0,9007199254740991]}}));""")]
    [InlineData("""{"n":12345678901234567.89}""", """call("/tasks", "{\"agent\":\"a/b\",\"input\":{\"n\":12345678901234567.89}}");""")]
    [InlineData("""{"n":1.10,"t":"it's"}""", """call("/tasks", "{\"agent\":\"a/b\",\"input\":{\"n\":1.10,\"t\":\"it's\"}}");""")]
    [InlineData("""{"n":1e400}""", """call("/tasks", "{\"agent\":\"a/b\",\"input\":{\"n\":1e400}}");""")]
    public void Snippets_WithNumbersThatJavaScriptWouldChange_SendThemAsText(string input, string body) =>
        Assert.Contains(body, Snippets.Of("http://localhost:5080", "a/b", Payload.Of(input)).JavaScript, StringComparison.Ordinal);
}
