using System.Net;
using System.Net.Sockets;

namespace Orkestron.Silo.Hosting;

internal static class FreePort
{
    /// <summary>A port of this machine that is free now.</summary>
    public static int Find(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
