using System.Net;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Pages;

/// <summary>The first click of a newcomer.</summary>
public sealed class HomePageTests(WebNode node)
{
    [Fact]
    public async Task TryIt_OpensTheSummariserFilledWithItsExample()
    {
        using var visitor = node.Visitor();
        var home = await PageForm.GetAsync(visitor, node.Address, "/");
        var page = await home.Tick("over18").PressAsync();

        Assert.Equal((HttpStatusCode.OK, "/agents/orkestron/summariser?example=0"), (page.Status, page.Address.PathAndQuery));
        Assert.NotEqual("", page["f/text"].Trim());
    }
}
