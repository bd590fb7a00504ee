using System.Net;
using System.Net.Sockets;

namespace Orkestron.Tests.Shared;

internal static class FreePorts
{
    /// <summary>Ports of this machine, each another, that nobody listens on now.</summary>
    public static int[] Take(int count)
    {
        var listeners = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                listeners.Add(listener);
            }

            return [.. listeners.Select(each => ((IPEndPoint)each.LocalEndpoint).Port)];
        }
        finally
        {
            listeners.ForEach(each => each.Dispose());
        }
    }
}
