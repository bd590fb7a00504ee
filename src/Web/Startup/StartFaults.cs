using System.Net.Sockets;

namespace Orkestron.Web.Startup;

/// <summary>Explains faults that prevent the start and have a cause outside of the code.</summary>
internal static class StartFaults
{
    /// <summary>A sentence that says what to do; null for a fault that needs its stack trace.</summary>
    public static string? Sentence(Exception fault) => fault switch
    {
        IOException { InnerException: SocketException or Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{fault.Message} Another process listens there: stop it, or choose another address with "
            + "ASPNETCORE_URLS=http://localhost:5081.",
        InvalidOperationException { TargetSite.DeclaringType.Namespace: { } from }
            when from.StartsWith("Orkestron.", StringComparison.Ordinal) => fault.Message,
        _ => null,
    };
}
