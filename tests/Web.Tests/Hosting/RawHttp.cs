using System.Net.Sockets;
using System.Text;

namespace Orkestron.Web.Tests.Hosting;

/// <summary>Requests as no client library writes them.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends a text as it is, and reads until the server hangs up, or for a while.</summary>
    public static async Task<string> SendAsync(Uri address, string request, TimeSpan? patience = null)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(ApiClient.Stop);
        timed.CancelAfter(patience ?? Patience);
        using var socket = new TcpClient();
        await socket.ConnectAsync(address.Host, address.Port, timed.Token);
        await using var stream = socket.GetStream();
        using var read = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), timed.Token);
            await stream.CopyToAsync(read, timed.Token);
        }
        catch (Exception fault) when (fault is IOException
            || (fault is OperationCanceledException && !ApiClient.Stop.IsCancellationRequested))
        {
            // The server hung up in the middle, or waits for more: what it said before counts.
        }

        return Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }
}
