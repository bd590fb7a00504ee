using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Orkestron.Web.Startup;
using Orkestron.Web.Startup.Pipeline;

namespace Orkestron.Web.Tests.Pages;

/// <summary>Which hosts are answered for, and which proxies are believed.</summary>
public sealed class KnownHostsTests
{
    [Fact]
    public void Hosts_WithoutConfiguration_AreThoseOfThisMachineOnly() =>
        Assert.Equal(["localhost", "127.0.0.1", "[::1]"], Of());

    [Fact]
    public void Hosts_OfConfiguredAddresses_AreAnsweredFor() => Assert.Equal(
        ["localhost", "127.0.0.1", "[::1]", "localhost", "shop.example", "public.example"],
        Of(("urls", "http://localhost:5080;https://shop.example:443"), ("Orkestron:Endpoints:PublicAddress", "https://public.example/")));

    [Theory]
    [InlineData("urls", "http://+:8080")]
    [InlineData("urls", "http://0.0.0.0:8080")]
    [InlineData("urls", "http://[::]:8080")]
    [InlineData("http_ports", "8080")]
    public void Hosts_WhereItListensEverywhere_AreTheMachinesToo(string setting, string value) =>
        Assert.Contains(Environment.MachineName, Of((setting, value)));

    [Fact]
    public void Hosts_Configured_AreThoseAndNoOthers() =>
        Assert.Equal(["a.example", "*.b.example"], Of(("AllowedHosts", "a.example; *.b.example"), ("urls", "http://+:80")));

    [Fact]
    public void Proxies_None_AreBelievedByDefault() => Assert.Null(new ProxyOptions().ToForwardedHeaders());

    [Fact]
    public void Proxies_ByAddressAndNetwork_AreThoseAndNoOthers()
    {
        var options = new ProxyOptions { KnownProxies = "10.1.2.3, ::1", KnownNetworks = "172.16.0.0/12" }.ToForwardedHeaders()!;

        Assert.Equal(["10.1.2.3", "::1"], options.KnownProxies.Select(static each => each.ToString()));
        Assert.Equal(["172.16.0.0/12"], options.KnownIPNetworks.Select(static each => each.ToString()));
    }

    [Theory]
    [InlineData("proxy.example", null)]
    [InlineData(null, "10.0.0.0")]
    [InlineData(null, "10.0.0.0/99")]
    public void Proxies_Malformed_AreRefusedAtStart(string? proxies, string? networks) => Assert.Throws<InvalidOperationException>(
        () => new ProxyOptions { KnownProxies = proxies, KnownNetworks = networks }.ToForwardedHeaders());

    private static IReadOnlyList<string> Of(params (string Key, string Value)[] settings) => KnownHosts.Of(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(each => each.Key, each => (string?)each.Value)).Build());
}
