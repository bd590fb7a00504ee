using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Orkestron.Tests.Shared;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Endpoints;

/// <summary>The endpoints in other languages, as their READMEs run them.</summary>
public sealed class EndpointSampleTests(HttpNode node)
{
    [Fact]
    public async Task Python_Run_ReadsAFileStreamsItsAnswerAndIsPaid()
    {
        var output = await RunAsync(
            "python3",
            "06-python-endpoint/agent.py",
            "word-counter",
            async client => new { text = "One two\nthree four five", file = await client.UploadAsync("six seven"u8.ToArray()) },
            "python3");

        Assert.Equal(7, output.GetProperty("words").GetInt32());
    }

    [Fact]
    public async Task JavaScript_Run_TellsItsAnswerLaterAndIsPaid()
    {
        var output = await RunAsync(
            "node",
            "07-javascript-endpoint/agent.mjs",
            "reverser",
            static _ => Task.FromResult<object>(new { text = "stressed" }),
            "nodejs");

        Assert.Equal("desserts", output.GetProperty("text").GetString());
    }

    private async Task<JsonElement> RunAsync(
        string program, string sample, string agent, Func<ApiClient, Task<object>> input, string package)
    {
        using var client = await node.Node.GuestAsync();
        var provider = $"p-{Guid.NewGuid():N}"[..20];
        var folder = Directory.CreateTempSubdirectory("orkestron-endpoint-").FullName;
        var start = new ProcessStartInfo(program)
        {
            ArgumentList = { Path.Combine(Samples(), sample) },
            RedirectStandardOutput = true,
            Environment =
            {
                ["ORKESTRON_ADDRESS"] = node.Node.Address.ToString(),
                ["ORKESTRON_API_KEY"] = (await client.CreateKeyAsync("publish")).Key,
                ["ORKESTRON_PROVIDER"] = provider,
                ["PORT"] = FreePorts.Take(1)[0].ToString(CultureInfo.InvariantCulture),
                ["STATE"] = Path.Combine(folder, "endpoint.json"),
            },
        };
        using var process = Start(start, package);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(ApiClient.Stop)
                .AsTask()
                .WaitAsync(TimeSpan.FromSeconds(60), ApiClient.Stop);
            Assert.Contains("is live", line, StringComparison.Ordinal);
            var task = await client.SettledAsync(new { agent = $"{provider}/{agent}", input = await input(client) });
            Assert.True(task.State == "completed", task.StatusMessage);
            Assert.Equal(1_000, task.Cost.Charged.Micro);
            return task.Result!.Value;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Process Start(ProcessStartInfo start, string package)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"'{start.FileName}' is missing. Install it: sudo apt-get install -y {package}");
            throw;
        }
    }

    private static string Samples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Orkestron.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, "samples");
    }
}
