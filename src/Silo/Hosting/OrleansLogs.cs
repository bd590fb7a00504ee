using Microsoft.Extensions.Logging;

namespace Orkestron.Silo.Hosting;

internal static class OrleansLogs
{
    /// <summary>Orleans logs its whole configuration at start; warnings are enough.</summary>
    public static void QuietenOrleans(this ILoggingBuilder logging)
    {
        logging.AddFilter("Orleans", LogLevel.Warning);
        logging.AddFilter("Polly", LogLevel.Warning);
        // Counts from the boot of the machine at its first check, and warns of hours that nobody waited.
        logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);
        // Asks for the server's garbage collector, also where there is one core or another host chose.
        logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
    }
}
