using System.Diagnostics;
using Orkestron.Web.Tests.Hosting;

namespace Orkestron.Web.Tests.Processes;

/// <summary>
/// The first "dotnet run" takes minutes and is not silent. Tried on a copy of the project file alone, whose build ends soon.
/// </summary>
public sealed class FirstStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orkestron-first-").FullName;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_OfTheSource_SaysThatItIsBuiltFirstAndHowLongThatTakes(bool builtBefore)
    {
        foreach (var name in new[] { "Orkestron.Web.csproj", "Directory.Build.rsp" })
        {
            File.Copy(Path.Combine(Repository.Root, "src", "Web", name), Path.Combine(_folder, name));
        }

        if (builtBefore)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "obj"));
            await File.WriteAllTextAsync(Path.Combine(_folder, "obj", "project.assets.json"), "{}", TestContext.Current.CancellationToken);
        }

        var told = await RunAsync();

        Assert.Equal(!builtBefore, told.Contains("Orkestron is built before its first start", StringComparison.Ordinal));
        Assert.Equal(!builtBefore, told.Contains("That takes one to three minutes; later starts take seconds.", StringComparison.Ordinal));
        // What is built is shown as it goes on, though this command says nothing by default.
        Assert.Contains("Determining projects to restore", told, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> RunAsync()
    {
        using var run = Process.Start(new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = _folder,
            ArgumentList = { "run" },
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_UI_LANGUAGE"] = "en", ["DOTNET_NOLOGO"] = "1" },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (run.StandardOutput.ReadToEndAsync(stop), run.StandardError.ReadToEndAsync(stop));
        await run.WaitForExitAsync(stop);
        return await output + await error;
    }
}
