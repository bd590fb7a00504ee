using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orkestron.Domain.Endpoints;
using Orkestron.Grains.Execution;
using Orkestron.Silo.Endpoints;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>The way out, against names that lie and endpoints that mean harm.</summary>
public sealed class EgressTests
{
    private static readonly IPAddress Public = IPAddress.Parse("93.184.216.34");

    private static readonly EndpointOptions Limits = new()
    {
        AllowLoopback = true,
        HeadersTimeout = TimeSpan.FromMilliseconds(300),
        ConnectTimeout = TimeSpan.FromMilliseconds(300),
        BodyTimeout = TimeSpan.FromMilliseconds(300),
        LineTimeout = TimeSpan.FromMilliseconds(300),
        MaxBodyBytes = 65_536,
        MaxStreamBytes = 65_536,
        AddressAge = TimeSpan.Zero,
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forbidden => [
        "127.0.0.1", "::1", "10.0.0.1", "169.254.169.254", "::ffff:93.184.216.34", "64:ff9b::5db8:d822", "2002:5db8:d822::"];

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task Name_ThatLeadsAlsoInside_LeadsNowhere(string inside)
    {
        await using var peer = await EndpointPeer.StartAsync();
        var names = new Names([Public, IPAddress.Parse(inside)]);

        var fault = await FaultAsync(names, Read("https://agents.acme.example:8443/"));

        Assert.Equal("endpoint_forbidden", fault.Code);
        Assert.Empty(peer.Calls);
    }

    [Fact]
    public async Task Name_ThatLeadsOutsideAndThenInside_IsNotFollowedInside()
    {
        var names = new Names([Public], [IPAddress.Loopback]);
        var to = Read("https://agents.acme.example:8443/");
        using var egress = Egress(names);

        var looked = await egress.FindAsync(to, Stop);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null);
        var fault = await Assert.ThrowsAsync<EndpointFault>(() => egress.SendAsync(to, request, Stop));

        Assert.Equal([Public], looked);
        Assert.Equal("endpoint_forbidden", fault.Code);
        Assert.Equal(2, names.Asked);
    }

    [Fact]
    public async Task Name_Unknown_IsAFaultThatMayPass()
    {
        var fault = await FaultAsync(new Names(), Read("https://agents.acme.example/"));

        Assert.Equal(("endpoint_unknown_host", true), (fault.Code, fault.Retryable));
    }

    [Theory]
    [InlineData("localhost", null)]
    [InlineData("other.example", "endpoint_tls")]
    public async Task Certificate_OfAnotherName_IsRefused(string name, string? code)
    {
        using var certificate = Certificate(name);
        await using var peer = await EndpointPeer.StartAsync(certificate);
        peer.Answer = (context, _) => context.Response.WriteAsync("{}");
        // Anyone may have issued it here, but its name must be right: judged as the system judges names.
        using var egress = Egress(
            new DnsResolver(), static (_, _, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null);
        var to = Read($"https://localhost:{peer.Address.Port}/");

        if (code is null)
        {
            using var answer = await egress.SendAsync(to, request, Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
        else
        {
            Assert.Equal(code, (await Assert.ThrowsAsync<EndpointFault>(() => egress.SendAsync(to, request, Stop))).Code);
            Assert.Empty(peer.Calls);
        }
    }

    [Fact]
    public async Task Certificate_OfNobodyTheSystemTrusts_IsRefused()
    {
        using var certificate = Certificate("localhost");
        await using var peer = await EndpointPeer.StartAsync(certificate);

        var fault = await FaultAsync(new DnsResolver(), Read($"https://localhost:{peer.Address.Port}/"));

        Assert.Equal("endpoint_tls", fault.Code);
    }

    [Fact]
    public async Task Nobody_Listening_IsUnreachable()
    {
        var port = Orkestron.Tests.Shared.FreePorts.Take(1)[0];

        var fault = await FaultAsync(new DnsResolver(), Read($"http://127.0.0.1:{port}/"));

        Assert.Equal(("endpoint_unreachable", true), (fault.Code, fault.Retryable));
    }

    public static TheoryData<string, string> Hostile => new()
    {
        { "no head", "endpoint_timeout" },
        { "not http", "endpoint_garbage" },
        { "huge head", "endpoint_garbage" },
        { "gzip bomb", "endpoint_encoding" },
        { "slow document", "endpoint_slow" },
        { "slow line", "endpoint_slow" },
        { "silent stream", "endpoint_slow" },
        { "endless document", "endpoint_too_large" },
        { "endless line", "endpoint_too_large" },
        { "endless events", "endpoint_too_large" },
        { "broken off", "endpoint_broken" },
        { "wrong type", "endpoint_content_type" },
        { "no type", "endpoint_content_type" },
        { "no json", "endpoint_garbage" },
        { "deep json", "endpoint_garbage" },
        { "double json", "endpoint_garbage" },
        { "no utf8", "endpoint_garbage" },
        { "no event", "endpoint_garbage" },
        { "no result", "endpoint_incomplete" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Answer_ThatMeansHarm_IsAFaultInTime(string kind, string code)
    {
        await using var peer = await EndpointPeer.StartAsync();
        peer.Answer = (context, _) => HostileAnswer.GiveAsync(kind, context);
        using var egress = Egress(new DnsResolver());
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null);

        var fault = await Assert.ThrowsAsync<EndpointFault>(async () =>
        {
            using var answer = await egress.SendAsync(Read(peer.Address.ToString()), request, Stop);
            await new EndpointAnswers(TimeProvider.System, Options.Create(Limits)).ReadAsync(answer, new Nobody(), Stop);
        });

        Assert.Equal(code, fault.Code);
    }

    private static async Task<EndpointFault> FaultAsync(IEndpointResolver names, EndpointAddress to)
    {
        using var egress = Egress(names);
        using var request = new HttpRequestMessage(HttpMethod.Post, (Uri?)null);
        return await Assert.ThrowsAsync<EndpointFault>(() => egress.SendAsync(to, request, Stop));
    }

    private static EndpointEgress Egress(IEndpointResolver names, RemoteCertificateValidationCallback? trust = null)
    {
        var options = Options.Create(Limits);
        return new EndpointEgress(new EndpointDirectory(names, TimeProvider.System, options), TimeProvider.System, options, trust);
    }

    private static EndpointAddress Read(string url)
    {
        Assert.True(EndpointAddress.TryRead(url, true, out var address, out var fault), fault);
        return address;
    }

    private static X509Certificate2 Certificate(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddHours(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A name server that says another thing each time, and the last for ever.</summary>
    private sealed class Names(params IPAddress[][] answers) : IEndpointResolver
    {
        public int Asked { get; private set; }

        public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => answers.Length == 0
            ? throw new SocketException((int)SocketError.HostNotFound)
            : Task.FromResult(answers[Math.Min(Asked++, answers.Length - 1)]);
    }

    private sealed class Nobody : IRunReporter
    {
        public void Progress(double? percent, string? message)
        {
        }

        public void Write(string text)
        {
        }
    }
}
