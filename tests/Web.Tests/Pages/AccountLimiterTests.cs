using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orkestron.Domain;
using Orkestron.Web.Features.Accounts;
using Orkestron.Web.Shared;

namespace Orkestron.Web.Tests.Pages;

/// <summary>Who counts as one asker.</summary>
public sealed class AccountLimiterTests
{
    [Fact]
    public void Refuse_AddressesOfOneNetwork_ShareOneLimit()
    {
        using var limiter = new AccountLimiter(Options.Create(new WebOptions { AccountRequestsPerMinute = 2 }));

        Assert.Null(limiter.Refuse(From("2001:db8:1:2::1")));
        Assert.Null(limiter.Refuse(From("2001:db8:1:2:ffff:ffff:ffff:ffff")));
        Assert.Equal(RefusalCode.TooMany, limiter.Refuse(From("2001:db8:1:2:3::9"))?.Code);
        Assert.Null(limiter.Refuse(From("2001:db8:1:3::1")));
        Assert.Null(limiter.Refuse(From("192.0.2.1")));
    }

    [Theory]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void NetworkAddress_OfTwo_IsOneWhenTheirNetworkIs(string one, string other, bool same) =>
        Assert.Equal(same, NetworkAddress.Of(From(one)) == NetworkAddress.Of(From(other)));

    private static DefaultHttpContext From(string address) =>
        new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
