using System.Net;
using System.Net.Sockets;
using Orkestron.Tests.Shared;
using Orkestron.Web.Startup;

namespace Orkestron.Web.Tests.Processes;

/// <summary>What is said when another process listens where the web is to listen.</summary>
public sealed class TakenPortsTests : IDisposable
{
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);
    private readonly int _port;

    public TakenPortsTests()
    {
        _other.Start();
        _port = ((IPEndPoint)_other.LocalEndpoint).Port;
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("https://*:{0}")]
    [InlineData("http://127.0.0.1:0; http://+:{0} ;http://127.0.0.1:0")]
    public void Sentence_ATakenPort_NamesItItsProcessAndWhatToDo(string urls)
    {
        var sentence = PortsInUse.Sentence(string.Format(null, urls, _port));

        var owner = $"process {Environment.ProcessId} (";
        Assert.StartsWith($"Port {_port} is taken by {owner}", sentence, StringComparison.Ordinal);
        Assert.EndsWith(
            $"). Stop that process, or choose another port: ASPNETCORE_URLS=http://localhost:{_port + 1} dotnet run --project src/Web",
            sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ; ")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://unix:/tmp/orkestron-no-such.sock")]
    [InlineData("no address")]
    public void Sentence_NothingInTheWay_IsNone(string? urls) => Assert.Null(PortsInUse.Sentence(urls));

    [Fact]
    public void Sentence_AFreePort_IsNone() =>
        Assert.Null(PortsInUse.Sentence($"http://127.0.0.1:{FreePorts.Take(1)[0]}"));

    [Fact]
    public void Owner_OfAPort_IsWhoListens()
    {
        using var six = new TcpListener(IPAddress.IPv6Loopback, 0);
        six.Start();
        // Who is connected to a port does not listen there.
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, _port);

        Assert.Equal(Environment.ProcessId, PortOwner.Find(_port)?.Id);
        Assert.Equal(Environment.ProcessId, PortOwner.Find(((IPEndPoint)six.LocalEndpoint).Port)?.Id);
        Assert.NotEqual("dotnet", PortOwner.Find(_port)?.Name);
        Assert.Null(PortOwner.Find(((IPEndPoint)client.Client.LocalEndPoint!).Port));
    }

    public void Dispose() => _other.Dispose();
}
