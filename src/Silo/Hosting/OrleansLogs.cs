using Microsoft.Extensions.Logging;

namespace Orkestron.Silo.Hosting;

internal static class OrleansLogs
{
    /// <summary>Orleans logs its whole configuration at start; warnings are enough.</summary>
    public static void QuietenOrleans(this ILoggingBuilder logging)
    {
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);
        // Its first check counts from the boot of the machine, and warns of delays that never were.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Recommends the server garbage collector, even with one core or a host that chose otherwise.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
    }
}
