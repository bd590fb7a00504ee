using Orkestron.Silo.Hosting;

namespace Orkestron.Web.Startup;

/// <summary>Whether this web node runs grains itself or calls a cluster.</summary>
internal static class NodeMode
{
    /// <summary>Reads <c>Orkestron:Mode</c>: <c>Silo</c> (the default) or <c>Client</c>.</summary>
    /// <exception cref="InvalidOperationException">The mode is neither.</exception>
    public static void AddGrains(this WebApplicationBuilder builder)
    {
        var mode = builder.Configuration["Orkestron:Mode"] ?? "Silo";
        if (mode.Equals("Silo", StringComparison.OrdinalIgnoreCase))
        {
            builder.AddOrkestronSilo();
        }
        else if (mode.Equals("Client", StringComparison.OrdinalIgnoreCase))
        {
            builder.AddOrkestronClient();
        }
        else
        {
            throw new InvalidOperationException($"Orkestron:Mode is 'Silo' or 'Client', not '{mode}'.");
        }
    }
}
