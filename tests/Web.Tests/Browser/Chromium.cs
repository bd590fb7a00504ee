using Microsoft.Playwright;

namespace Orkestron.Web.Tests.Browser;

/// <summary>A headless Chromium of this machine, one for all tests of a class.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names =
        [Environment.GetEnvironmentVariable("CHROMIUM_PATH") ?? "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        var path = Names.FirstOrDefault(File.Exists);
        Assert.True(path is not null, "These tests need Chromium: apt-get install chromium, or set CHROMIUM_PATH.");
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
    }

    /// <summary>A page of its own session, which remembers what the browser complained of.</summary>
    public async Task<WatchedPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light, int width = 1280, string? zone = null)
    {
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ColorScheme = scheme,
            TimezoneId = zone,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(30_000);
        return new WatchedPage(await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
