using System.Net;
using Orkestron.Domain.Endpoints;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>Where endpoints may be, by the form of their address and by where it leads.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    public void Address_OnThePublicInternet_IsAllowed(string address) =>
        Assert.True(AddressRules.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Address_AnywhereElse_IsNot(string address) => Assert.False(AddressRules.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("https://agents.acme.example/echo", "agents.acme.example")]
    [InlineData("https://agents.acme.example:8443/", "agents.acme.example:8443")]
    [InlineData("https://AGENTS.acme.example:443/a?b=c@d", "agents.acme.example")]
    [InlineData("https://bücher.example/", "xn--bcher-kva.example")]
    public void Endpoint_WithAPublicName_IsRead(string text, string id)
    {
        Assert.True(EndpointAddress.TryRead(text, false, out var address, out var fault), fault);
        Assert.Equal((id, false), (address.Id, address.IsLoopback));
    }

    [Theory]
    [InlineData("http://agents.acme.example/")]
    [InlineData("ftp://agents.acme.example/")]
    [InlineData("//agents.acme.example/")]
    [InlineData("https://agents.acme.example:22/")]
    [InlineData("https://agents.acme.example:80/")]
    [InlineData("https://user@agents.acme.example/")]
    [InlineData("https://user:secret@agents.acme.example/")]
    [InlineData("https://@agents.acme.example/")]
    [InlineData("https://agents.acme.example/#fragment")]
    [InlineData("https://agents.acme.example\\@other.example/")]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://127.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[64:ff9b::7f00:1]/")]
    [InlineData("https://①②⑦.0.0.1/")]
    [InlineData("https://localhost/")]
    [InlineData("https://intranet/")]
    [InlineData("https://printer.local/")]
    [InlineData("https://metadata.google.internal/")]
    [InlineData("https://app.localhost/")]
    [InlineData("https://agents.acme.example./")]
    [InlineData("https://agents..example/")]
    [InlineData("https:// agents.acme.example/")]
    [InlineData("")]
    [InlineData(null)]
    public void Endpoint_OfAnyOtherForm_IsRefusedWithAReason(string? text)
    {
        Assert.False(EndpointAddress.TryRead(text, false, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Theory]
    [InlineData("http://localhost:5000/echo", true)]
    [InlineData("http://127.0.0.1:5000/echo", true)]
    [InlineData("http://[::1]:5000/echo", true)]
    [InlineData("http://169.254.169.254/", false)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("http://127.0.0.2:5000/", false)]
    public void Loopback_WhenAllowed_IsThisMachineAlone(string text, bool allowed)
    {
        Assert.Equal(allowed, EndpointAddress.TryRead(text, true, out var address, out _));
        Assert.Equal(allowed, address?.IsLoopback ?? false);
        Assert.False(EndpointAddress.TryRead(text, false, out _, out _));
    }

    [Fact]
    public void Proof_OfADayAgoOrOfOtherAddresses_HoldsNoMore()
    {
        var now = new DateTimeOffset(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
        var options = new EndpointOptions { MaxAddresses = 2 };
        var record = new EndpointRecord { Token = "okc_1" };

        record.RecordProof(new ProbeResult("okc_1", null, ["93.184.216.34"]), now, options);

        Assert.Null(record.Problem);
        Assert.True(record.IsProven(["93.184.216.34"], now.AddHours(23), TimeSpan.FromDays(1)));
        Assert.False(record.IsProven(["93.184.216.34"], now.AddHours(24), TimeSpan.FromDays(1)));
        Assert.False(record.IsProven(["93.184.216.34", "93.184.216.35"], now, TimeSpan.FromDays(1)));
        record.RecordProof(new ProbeResult("okc_12", null, ["93.184.216.35"]), now, options);
        Assert.NotNull(record.Problem);
        Assert.False(record.IsProven(["93.184.216.35"], now, TimeSpan.FromDays(1)));
    }
}
