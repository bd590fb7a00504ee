namespace Orkestron.Web.Startup;

/// <summary>
/// Until the node has started, the host's own account of a failed start is left out: the program says in a sentence what is
/// wrong, or ends with the fault.
/// </summary>
internal static class StartLogs
{
    private const string Host = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void UseStartLogs(this WebApplicationBuilder builder)
    {
        var started = new Started();
        builder.Services.AddSingleton(started);
        builder.Logging.AddFilter(Host, level => started.Is && level >= LogLevel.Information);
    }

    /// <summary>From here on the host's faults are those of a node that runs.</summary>
    public static void LogHostOnceStarted(this WebApplication app)
    {
        var started = app.Services.GetRequiredService<Started>();
        app.Lifetime.ApplicationStarted.Register(() => started.Is = true);
    }

    private sealed class Started
    {
        public volatile bool Is;
    }
}
