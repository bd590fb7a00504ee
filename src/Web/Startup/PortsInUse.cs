using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace Orkestron.Web.Startup;

/// <summary>Checks before the start whether another process uses the port of the web.</summary>
internal static class PortsInUse
{
    /// <summary>A sentence that names the port in use and says what to do; null when all ports are free.</summary>
    /// <param name="urls">The addresses to listen on, separated by semicolons; null when they are configured in another way.</param>
    public static string? Sentence(string? urls)
    {
        foreach (var url in (urls ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Address(url) is { Port: > 0 } address && IsTaken(address))
            {
                var owner = PortOwner.Find(address.Port) is { } process ? $" by process {process.Id} ({process.Name})" : "";
                return $"Port {address.Port} is taken{owner}. Stop that process, or choose another port: "
                    + $"ASPNETCORE_URLS=http://localhost:{address.Port + 1} dotnet run --project src/Web";
            }
        }

        return null;
    }

    private static IPEndPoint? Address(string url)
    {
        BindingAddress address;
        try
        {
            address = BindingAddress.Parse(url);
        }
        catch (FormatException)
        {
            // The server reports what is wrong with it.
            return null;
        }

        if (address.IsUnixPipe || address.IsNamedPipe)
        {
            return null;
        }

        return IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)
            ? new IPEndPoint(ip, address.Port)
            : new IPEndPoint(address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any, address.Port);
    }

    private static bool IsTaken(IPEndPoint address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            return false;
        }
        catch (SocketException fault)
        {
            // The server reports other faults, such as a port that needs privileges.
            return fault.SocketErrorCode == SocketError.AddressAlreadyInUse;
        }
    }
}
