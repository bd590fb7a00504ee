using System.Diagnostics;

namespace Orkestron.Benchmarks.Common;

/// <summary>The web program as a child process.</summary>
internal static class WebProgram
{
    /// <summary>Starts what was built beside this program.</summary>
    public static Process Start(params string[] arguments) =>
        Children.Start(
            "dotnet",
            [Path.Combine(AppContext.BaseDirectory, "Orkestron.Web.dll"), "--contentRoot", AppContext.BaseDirectory, .. arguments]);

    /// <summary>Ends it.</summary>
    public static Task EndAsync(Process process) => Task.Run(() => Children.End(process));
}
