using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Orkestron.Web.Tests.Browser;

/// <summary>A page with its console, so that a violated policy or a broken script fails the test.</summary>
public sealed class WatchedPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _complaints = new();

    public WatchedPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            // A dropped connection is told as an error too; what reconnects is not a fault of the page.
            if (message.Type == "error" && !message.Text.Contains("net::ERR_", StringComparison.Ordinal)
                && !message.Text.Contains("WebSocket connection", StringComparison.Ordinal)
                && !message.Text.Contains("status of 404", StringComparison.Ordinal))
            {
                _complaints.Enqueue(message.Text);
            }
        };
    }

    public IPage Page { get; }

    public void AssertNoComplaints() => Assert.Empty(_complaints);

    /// <summary>Goes on as the user of a client.</summary>
    public Task SignInAsync(Hosting.ApiClient client, Uri address) => Page.Context.AddCookiesAsync(
        client.Cookies.GetAllCookies().Cast<System.Net.Cookie>().Select(each => new Cookie
        {
            Name = each.Name,
            Value = each.Value,
            Url = address.ToString(),
        }));

    /// <summary>No rule of axe is violated on the page as it stands.</summary>
    public async Task AssertAccessibleAsync()
    {
        // Styles arrive with a transition; what is measured is the page at rest.
        await Page.WaitForLoadStateAsync(LoadState.Load);
        var result = await Page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            $"{Page.Url}: {string.Join("; ", result.Violations.Select(Describe))}");
    }

    /// <summary>Loads a page for the first time: the bytes that came over the wire.</summary>
    public async Task<int> WeightAsync(string path)
    {
        var bytes = 0;
        var session = await Page.Context.NewCDPSessionAsync(Page);
        await session.SendAsync("Network.enable");
        session.Event("Network.loadingFinished").OnEvent += (_, told) =>
            Interlocked.Add(ref bytes, (int)told!.Value.GetProperty("encodedDataLength").GetDouble());
        await Page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        return bytes;
    }

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();

    private static string Describe(AxeResultItem item) =>
        $"{item.Id} ({item.Help}) at {string.Join(", ", item.Nodes.Take(3).Select(node => node.Html))}";
}
