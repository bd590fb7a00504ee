using System.ComponentModel;
using System.Diagnostics;

namespace Orkestron.Benchmarks.Peers;

/// <summary>
/// The packages of the peers, installed once into a folder of the user's cache, with the versions of <c>Peers/node</c>.
/// </summary>
internal static class NodePackages
{
    private static readonly string Source = Path.Combine(AppContext.BaseDirectory, "Peers", "node");

    /// <summary>The folder of scripts and packages.</summary>
    /// <exception cref="PeerMissingException">This machine lacks something; the message says what to install.</exception>
    public static async Task<string> InstallAsync()
    {
        var version = Text("node", "--version")
            ?? throw new PeerMissingException("node is missing: install Node.js 20 or later with npm (Debian: apt-get install nodejs npm)");
        if (!int.TryParse(version.TrimStart('v').Split('.')[0], out var major) || major < 20)
        {
            throw new PeerMissingException($"node is {version.Trim()}: install Node.js 20 or later");
        }

        if (Text("npm", "--version") is null)
        {
            throw new PeerMissingException("npm is missing: install it (Debian: apt-get install npm)");
        }

        var folder = Folder();
        Directory.CreateDirectory(folder);
        var locked = await File.ReadAllTextAsync(Path.Combine(Source, "package-lock.json")).ConfigureAwait(false);
        var mark = Path.Combine(folder, "installed");
        foreach (var file in Directory.EnumerateFiles(Source))
        {
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (!File.Exists(mark) || await File.ReadAllTextAsync(mark).ConfigureAwait(false) != locked)
        {
            Console.WriteLine($"npm installs the peers into {folder}");
            _ = Text("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder)
                ?? throw new PeerMissingException($"npm could not install the packages: run 'npm ci --ignore-scripts' in {folder} to see why");
            await File.WriteAllTextAsync(mark, locked).ConfigureAwait(false);
        }

        return folder;
    }

    private static string Folder() => Environment.GetEnvironmentVariable("ORKESTRON_BENCH_CACHE") is { Length: > 0 } given
        ? Path.GetFullPath(given)
        : Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create),
            "orkestron-bench",
            "peers");

    private static string? Text(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? text : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
