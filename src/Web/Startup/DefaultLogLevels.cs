using Microsoft.Extensions.Configuration.Memory;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Hubs;

namespace Orkestron.Web.Startup;

/// <summary>The log levels without configuration: faults, and the address that the web listens on.</summary>
internal static class DefaultLogLevels
{
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // Problems are ordinary answers; faults are logged by the fault handler.
        ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics"] = "None",
        // It logs two lines for each refused key; RefusedKeys logs their number once a minute.
        [$"Logging:LogLevel:{typeof(ApiKeyHandler).FullName}"] = "Warning",
        // It logs refused messages as errors; faults are logged by the hubs' filter.
        [$"Logging:LogLevel:{HubFaults.Silenced[0]}"] = "None",
        [$"Logging:LogLevel:{HubFaults.Silenced[1]}"] = "None",
        // It warns that it does not encrypt its keys; the grain that stores them does.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
    };

    /// <summary>Adds the levels as the first source, so that every other source overrides them.</summary>
    public static void UseDefaultLogLevels(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
}
