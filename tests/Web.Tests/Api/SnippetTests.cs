using System.Diagnostics;
using System.Text.RegularExpressions;
using Orkestron.Domain;
using Orkestron.Web.Features.Agents.Run;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Api;

/// <summary>What a developer copies runs as it stands, and prints the result.</summary>
public sealed partial class SnippetTests(WebNode node)
{
    private static readonly Payload Input = Payload.Of("""{"text":"It's \"quoted\", a \\ backslash, $HOME, `date`, 😀 and Zürich. Durable tasks survive."}""");

    public static TheoryData<string, string> Programs => new()
    {
        { "bash", nameof(Snippets.Curl) },
        { "python3", nameof(Snippets.Python) },
        { "node", nameof(Snippets.JavaScript) },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Snippet_OfAnAgentsPage_PrintsTheResult(string program, string language)
    {
        using var guest = await node.GuestAsync();
        var code = Snippets.Of(node.Address.GetLeftPart(UriPartial.Authority), ApiClient.Keywords, Input);
        var text = (string)typeof(Snippets).GetProperty(language)!.GetValue(code)!;

        var told = await RunAsync(program, text, (await guest.CreateKeyAsync("read", "write")).Key);

        Assert.Contains("keyphrases", told, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Snippet_WithoutAKey_SaysWhy(string program, string language)
    {
        var code = Snippets.Of(node.Address.GetLeftPart(UriPartial.Authority), ApiClient.Keywords, Input);
        var text = (string)typeof(Snippets).GetProperty(language)!.GetValue(code)!;

        var told = await RunAsync(program, text, "wrong");

        Assert.Contains("API key", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readme_InABareShell_OpensAGuestAndPrintsTheResult()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"), ApiClient.Stop);
        var block = Assert.Single(Shell().Matches(readme)).Groups["code"].Value;
        Assert.Contains("http://localhost:5080", block, StringComparison.Ordinal);
        var here = block.Replace("http://localhost:5080", node.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal);

        var told = await RunAsync("bash", here, "");

        Assert.Contains("keyphrases", told, StringComparison.Ordinal);
        Assert.Contains("\"state\":\"completed\"", told, StringComparison.Ordinal);
    }

    // What a program writes, with nothing in its environment but where programs are.
    private static async Task<string> RunAsync(string program, string code, string key)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (program == "node")
        {
            start.ArgumentList.Add("--input-type=module");
        }

        var path = Environment.GetEnvironmentVariable("PATH");
        start.Environment.Clear();
        start.Environment["PATH"] = path;
        start.Environment["LANG"] = "C.UTF-8";
        if (key.Length > 0)
        {
            start.Environment[Snippets.KeyVariable] = key;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ApiClient.Stop), process.StandardError.ReadToEndAsync(
            ApiClient.Stop));
        await process.StandardInput.WriteAsync(code.AsMemory(), ApiClient.Stop);
        process.StandardInput.Close();
        await process.WaitForExitAsync(ApiClient.Stop);
        return await output + await errors;
    }

    [GeneratedRegex("```bash\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();
}
