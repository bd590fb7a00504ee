using Microsoft.Extensions.Configuration.Memory;
using Orkestron.Web.Shared.Authentication;
using Orkestron.Web.Shared.Hubs;

namespace Orkestron.Web.Startup;

/// <summary>What is logged when configuration says nothing: what goes wrong, and where the web listens.</summary>
internal static class DefaultLogLevels
{
    private static readonly Dictionary<string, string?> Levels = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // Refusals by problem are answers, not faults; real faults are logged by the fault handler.
        ["Logging:LogLevel:Microsoft.AspNetCore.Diagnostics"] = "None",
        // It logs two lines for each refused key; they are counted and told once a minute.
        [$"Logging:LogLevel:{typeof(ApiKeyHandler).FullName}"] = "Warning",
        // It logs refused messages as errors; faults are logged by the hubs' filter.
        [$"Logging:LogLevel:{HubFaults.Silenced[0]}"] = "None",
        [$"Logging:LogLevel:{HubFaults.Silenced[1]}"] = "None",
        // It warns that it does not encrypt its keys: the grain that keeps them does.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
    };

    /// <summary>Puts the levels below every other source, so that any of them can say otherwise.</summary>
    public static void UseDefaultLogLevels(this WebApplicationBuilder builder) =>
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = Levels });
}
