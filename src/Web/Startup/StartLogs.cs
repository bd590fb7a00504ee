namespace Orkestron.Web.Startup;

/// <summary>
/// Suppresses the host's log of a failed start: the program prints a sentence that says what is wrong, or ends with the fault.
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

    /// <summary>Lets the host log its faults once the node has started.</summary>
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
