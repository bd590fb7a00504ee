using System.Net.Sockets;
using System.Text;

namespace Orkestron.Web.Tests.Hosting;

/// <summary>Requests as no client library writes them.</summary>
internal static class RawHttp
{
    /// <summary>Sends a text as it is, and reads until the server hangs up.</summary>
    public static async Task<string> SendAsync(Uri address, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, ApiClient.Stop);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes(request), ApiClient.Stop);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(ApiClient.Stop);
    }
}
