using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orkestron.Tests.Shared;

namespace Orkestron.Web.Tests.Processes;

/// <summary>A node that cannot start says why in one line, and what to do.</summary>
public sealed class FailedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-start-").FullName;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("0.0.0.0")]
    public async Task Port_ThatIsTaken_IsNamedWithTheProcessThatHasIt(string host)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (code, output, error) = await RunAsync("--urls", $"http://{host}:{port}");

        Assert.Equal((1, ""), (code, output));
        var line = Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains($"Port {port} is taken by process {Environment.ProcessId} (", line, StringComparison.Ordinal);
        Assert.Contains($"ASPNETCORE_URLS=http://localhost:{port + 1}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_ThatIsOpenElsewhere_IsNamed()
    {
        var lockFile = Path.Combine(_folder, "store.lock");
        await using var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (!OperatingSystem.IsWindows())
        {
            // As the node makes it: it says what it repairs.
            File.SetUnixFileMode(lockFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var (code, output, error) = await RunAsync("--urls", $"http://127.0.0.1:{FreePorts.Take(1)[0].ToString(CultureInfo.InvariantCulture)}");

        Assert.Equal((1, ""), (code, output));
        Assert.Contains($"The store in '{_folder}' is open in another process.", Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Orkestron.Web.dll") },
            Environment = { ["Orkestron__DataDirectory"] = _folder },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var node = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (node.StandardOutput.ReadToEndAsync(stop), node.StandardError.ReadToEndAsync(stop));
        await node.WaitForExitAsync(stop).WaitAsync(TimeSpan.FromSeconds(60), stop);
        return (node.ExitCode, await output, await error);
    }
}
